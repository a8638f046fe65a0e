package io.eventshop.proof.check;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.eventshop.proof.check.Tables.OrderRow;
import io.eventshop.proof.shop.HistoryEntry.FaultBegan;
import io.eventshop.proof.shop.HistoryEntry.OrderAnswered;
import io.eventshop.proof.shop.HistoryEntry.OrderAsked;
import io.eventshop.proof.shop.HistoryEntry.OrderUnknown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/// How much was looked at, in the order in which it is worth reading.
final class Counts {

    private final Facts facts;

    Counts(Facts facts) {
        this.facts = facts;
    }

    Map<String, Long> all(boolean withHistory) {
        var counts = new LinkedHashMap<String, Long>();
        if (withHistory) {
            counts.put(
                    "orders asked for",
                    facts.history(OrderAsked.class).map(OrderAsked::request).distinct().count());
            counts.put("orders accepted", (long) accepted().size());
            counts.put("attempts without an answer", facts.history(OrderUnknown.class).count());
            counts.put("faults", facts.history(FaultBegan.class).count());
            counts.put("lost", lost());
        }
        counts.put("doubled", doubled());
        Tables tables = facts.tables();
        counts.put("orders", (long) tables.orders().size());
        for (String status : List.of("PENDING", "CONFIRMED", "REJECTED", "CANCELLED")) {
            counts.put(
                    status.toLowerCase(Locale.ROOT),
                    tables.orders().values().stream()
                            .filter(order -> order.status().equals(status))
                            .count());
        }
        counts.put("reservations", (long) tables.reservations().size());
        counts.put("notifications", (long) tables.notifications().size());
        List<TopicRecord> records = facts.log().records();
        long events = records.stream().map(TopicRecord::id).distinct().count();
        counts.put("events", events);
        counts.put("duplicate deliveries", records.size() - events);
        counts.put("injected records", (long) facts.injectedCount());
        counts.put("dead letters", (long) tables.letters().size());
        return counts;
    }

    private Set<UUID> accepted() {
        return facts.history(OrderAnswered.class)
                .filter(OrderAnswered::isAccepted)
                .map(OrderAnswered::orderId)
                .collect(toSet());
    }

    /// Orders that were accepted and are not there or have no end.
    private long lost() {
        return accepted().stream()
                .filter(id -> {
                    OrderRow order = facts.tables().orders().get(id);
                    return order == null
                            || (order.status().equals("PENDING") && !facts.isWaiting(id));
                })
                .count();
    }

    /// Second orders of a key, second reservations of an order, second notifications of an end.
    private long doubled() {
        return more(
                        facts.history(OrderAnswered.class)
                                .filter(OrderAnswered::isAccepted)
                                .map(answer -> answer.request() + " " + answer.orderId())
                                .distinct(),
                        answer -> answer.substring(0, answer.lastIndexOf(' ')))
                + more(
                        facts.log().first("reservations.events").stream()
                                .filter(record -> record.type().equals("stock-reserved")),
                        TopicRecord::key)
                + more(
                        facts.tables().notifications().stream()
                                .filter(row -> row.kind().startsWith("ORDER_")),
                        row -> row.kind() + row.about());
    }

    /// How many there are beyond the first of each key.
    private static <T> long more(Stream<T> all, Function<T, String> key) {
        return all.collect(groupingBy(key, counting())).values().stream()
                .mapToLong(count -> count - 1)
                .sum();
    }
}
