package io.eventshop.proof.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import io.eventshop.proof.check.Tables.ItemRow;
import io.eventshop.proof.check.Tables.OrderRow;
import io.eventshop.proof.check.Tables.ReservationRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Promise 2: stock is exact, at every moment that somebody has looked at and in the end.
final class StockCheck {

    private static final int PROMISE = 2;
    private static final String RESERVED = "RESERVED";
    private static final String TOPIC = "stock.events";

    /// What inventory's answer may be, by where the order has ended.
    private static final Map<String, Set<String>> ANSWERS =
            Map.of(
                    "CONFIRMED", Set.of(RESERVED),
                    "REJECTED", Set.of("REJECTED"),
                    // The cancellation may have crossed the rejection.
                    "CANCELLED", Set.of("RELEASED", "REJECTED"));

    private final Facts facts;
    private final Findings findings;

    StockCheck(Facts facts, Findings findings) {
        this.facts = facts;
        this.findings = findings;
    }

    /// @param witnessed what a sampler has seen
    void run(List<String> witnessed) {
        witnessed.forEach(violation -> findings.add(PROMISE, "%s", violation));
        itemsHoldWhatIsReserved();
        itemsHaveWhatWasReceived();
        facts.tables().orders().values().forEach(this::isAnsweredRightly);
        facts.tables().reservations().values().forEach(this::isOfAnOrder);
    }

    private void itemsHoldWhatIsReserved() {
        var open = new HashMap<String, Long>();
        facts.tables().reservations().values().stream()
                .filter(reservation -> reservation.status().equals(RESERVED))
                .forEach(reservation -> addUp(reservation.lines(), open));
        for (ItemRow item : facts.tables().items().values()) {
            long held = open.getOrDefault(item.sku(), 0L);
            if (item.reserved() != held) {
                findings.add(
                        PROMISE,
                        "%d of %s are reserved, but open reservations hold %d",
                        item.reserved(),
                        item.sku(),
                        held);
            }
            if (item.reserved() < 0 || item.reserved() > item.onHand()) {
                findings.add(
                        PROMISE,
                        "of %d %s, %d are reserved",
                        item.onHand(),
                        item.sku(),
                        item.reserved());
            }
        }
    }

    private static void addUp(String lines, Map<String, Long> sums) {
        for (String line : lines.split(",", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                var _ =
                        sums.merge(
                                line.substring(0, equals),
                                Long.valueOf(line.substring(equals + 1)),
                                Long::sum);
            }
        }
    }

    private void itemsHaveWhatWasReceived() {
        if (facts.log().truncated().contains(TOPIC)) {
            return;
        }
        Map<String, Long> received =
                facts.log().first(TOPIC).stream()
                        .filter(record -> record.type().equals("stock-received"))
                        .collect(
                                groupingBy(
                                        TopicRecord::key,
                                        summingLong(TopicRecord::quantityReceived)));
        for (ItemRow item : facts.tables().items().values()) {
            long sum = received.getOrDefault(item.sku(), 0L);
            if (item.onHand() != sum) {
                findings.add(
                        PROMISE,
                        "%d of %s are on hand, but %d were received",
                        item.onHand(),
                        item.sku(),
                        sum);
            }
        }
    }

    private void isAnsweredRightly(OrderRow order) {
        if (order.status().equals("PENDING") || facts.isWaiting(order.id())) {
            return;
        }
        ReservationRow reservation = facts.tables().reservations().get(order.id());
        if (reservation == null) {
            findings.add(
                    PROMISE, "order %s is %s without a reservation", order.id(), order.status());
            return;
        }
        if (!ANSWERS.getOrDefault(order.status(), Set.of()).contains(reservation.status())) {
            findings.add(
                    PROMISE,
                    "order %s is %s, its reservation %s",
                    order.id(),
                    order.status(),
                    reservation.status());
        }
        if (!reservation.lines().equals(order.lines()) && !reservation.lines().isEmpty()) {
            findings.add(
                    PROMISE,
                    "order %s is one of %s, its reservation of %s",
                    order.id(),
                    order.lines(),
                    reservation.lines());
        }
    }

    private void isOfAnOrder(ReservationRow reservation) {
        UUID id = reservation.orderId();
        if (!facts.tables().orders().containsKey(id) && !facts.isInjectedKey(id.toString())) {
            findings.add(PROMISE, "a reservation is for order %s, which nobody knows", id);
        }
    }
}
