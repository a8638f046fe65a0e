package io.eventshop.proof.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.eventshop.proof.check.Tables.ItemRow;
import io.eventshop.proof.check.Tables.OrderRow;
import io.eventshop.proof.check.Tables.ReservationRow;
import io.eventshop.proof.check.Tables.Step;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Promise 4: what has been committed is in the topics, all of it, nothing else, unchanged, and of
/// each key in the order in which it happened.
///
/// Which events there must be is derived from the tables: each row of an order's history is one,
/// and a reservation and an item count theirs.
final class PublicationCheck {

    private static final int PROMISE = 4;
    private static final String ORDERS = "orders.events";
    private static final String RESERVATIONS = "reservations.events";
    private static final List<String> ITEMS = List.of("items.events", "stock.events");

    private static final Map<String, String> ORDER_EVENTS =
            Map.of(
                    "PENDING", "order-placed",
                    "CONFIRMED", "order-confirmed",
                    "REJECTED", "order-rejected",
                    "CANCELLED", "order-cancelled");

    /// Nobody says these but in answer to an event.
    private static final Set<String> ANSWERS =
            Set.of(
                    "stock-reserved",
                    "stock-rejected",
                    "stock-released",
                    "stock-low",
                    "order-confirmed",
                    "order-rejected");

    private final Facts facts;
    private final Findings findings;

    PublicationCheck(Facts facts, Findings findings) {
        this.facts = facts;
        this.findings = findings;
    }

    void run() {
        duplicatesAreEqual();
        keysKeepTheirOrder();
        answersBelongToTheirCause();
        ordersArePublished();
        reservationsArePublished();
        itemsArePublished();
        nothingIsLeft();
    }

    private void duplicatesAreEqual() {
        var firsts = new HashMap<String, TopicRecord>();
        for (TopicRecord record : facts.log().records()) {
            TopicRecord first = firsts.putIfAbsent(record.id(), record);
            if (first != null
                    && !(first.digest().equals(record.digest())
                            && first.topic().equals(record.topic()))) {
                findings.add(
                        PROMISE,
                        "event %s was published twice, and not the same: at %s and at %s",
                        record.id(),
                        first.position(),
                        record.position());
            }
        }
    }

    /// The first record of each event, in the order of the log; holes are found by who asks what
    /// there must be.
    private void keysKeepTheirOrder() {
        for (String topic :
                Stream.concat(Stream.of(ORDERS, RESERVATIONS), ITEMS.stream()).toList()) {
            facts.log().first(topic).stream()
                    .collect(groupingBy(TopicRecord::key))
                    .forEach((key, records) -> {
                        var versions = records.stream().map(TopicRecord::version).toList();
                        if (!versions.equals(List.copyOf(new TreeSet<>(versions)))) {
                            findings.add(
                                    PROMISE,
                                    "the events of %s came into %s as %s",
                                    key,
                                    topic,
                                    versions);
                        }
                        if (records.stream().map(TopicRecord::lane).distinct().count() > 1) {
                            findings.add(
                                    PROMISE,
                                    "the events of %s lie in several partitions of %s",
                                    key,
                                    topic);
                        }
                    });
        }
    }

    /// An answer is of the flow of what it answers, and about the same order.
    private void answersBelongToTheirCause() {
        var causes = new HashMap<String, TopicRecord>();
        facts.log().records().forEach(record -> causes.put(record.id(), record));
        for (TopicRecord answer : facts.log().records()) {
            TopicRecord cause = causes.get(answer.causation());
            if (ANSWERS.contains(answer.type()) && answer.causation().isEmpty()) {
                findings.add(PROMISE, "event %s, %s, answers nothing", answer.id(), answer.type());
            }
            if (answer.causation().isEmpty() || cause == null) {
                continue;
            }
            boolean sameOrder = ITEMS.contains(answer.topic()) || answer.key().equals(cause.key());
            if (!sameOrder || !answer.correlation().equals(cause.correlation())) {
                findings.add(
                        PROMISE,
                        "event %s, %s of %s, says that it answers %s of %s, and is of another flow",
                        answer.id(),
                        answer.type(),
                        answer.key(),
                        cause.type(),
                        cause.key());
            }
        }
    }

    private void ordersArePublished() {
        var published = new LinkedHashMap<String, TopicRecord>();
        facts.log().first(ORDERS).forEach(record -> published.put(record.id(), record));
        for (Step step : facts.tables().steps()) {
            TopicRecord record = published.remove(step.eventId().toString());
            if (record != null) {
                saysTheSame(record, step);
            } else if (isKept(ORDERS)) {
                findings.add(
                        PROMISE,
                        "event %s, version %d of order %s, which says that it is %s, is not in %s",
                        step.eventId(),
                        step.version(),
                        step.orderId(),
                        step.status(),
                        ORDERS);
            }
        }
        published.values().forEach(this::isExtra);
    }

    private void saysTheSame(TopicRecord record, Step step) {
        boolean same =
                record.key().equals(step.orderId().toString())
                        && record.version() == step.version()
                        && record.type().equals(ORDER_EVENTS.get(step.status()));
        OrderRow order = facts.tables().orders().get(step.orderId());
        if (record.type().equals("order-placed") && order != null) {
            same &=
                    record.content().startsWith(order.customerId() + " ")
                            && record.content().endsWith(" " + order.lines());
        }
        if (!same) {
            findings.add(PROMISE, "event %s says %s, the table %s", record.id(), record, step);
        }
    }

    private void reservationsArePublished() {
        var published = published(List.of(RESERVATIONS));
        for (ReservationRow reservation : facts.tables().reservations().values()) {
            var records = published.remove(reservation.orderId().toString());
            countsTo(
                    reservation.orderId().toString(),
                    reservation.eventVersion(),
                    records == null ? List.of() : records,
                    List.of(RESERVATIONS));
            if (records != null) {
                records.forEach(record -> saysTheSame(record, reservation));
            }
        }
        published.values().stream().flatMap(List::stream).forEach(this::isExtra);
    }

    private void saysTheSame(TopicRecord record, ReservationRow reservation) {
        boolean same =
                switch (record.type()) {
                    case "stock-reserved" ->
                            !reservation.status().equals("REJECTED")
                                    && record.content().equals(reservation.lines());
                    case "stock-rejected" -> reservation.status().equals("REJECTED");
                    case "stock-released" ->
                            reservation.status().equals("RELEASED")
                                    && record.content().equals(reservation.lines());
                    default -> true;
                };
        if (!same) {
            findings.add(
                    PROMISE, "event %s says %s, the table %s", record.id(), record, reservation);
        }
    }

    private void itemsArePublished() {
        var published = published(ITEMS);
        for (ItemRow item : facts.tables().items().values()) {
            var records = published.remove(item.sku());
            countsTo(item.sku(), item.eventVersion(), records == null ? List.of() : records, ITEMS);
        }
        published.values().stream().flatMap(List::stream).forEach(this::isExtra);
    }

    private Map<String, List<TopicRecord>> published(List<String> topics) {
        return topics.stream()
                .flatMap(topic -> facts.log().first(topic).stream())
                .collect(groupingBy(TopicRecord::key, LinkedHashMap::new, toList()));
    }

    /// Each of the aggregate's events once, and no more than it has had.
    private void countsTo(
            String key, long eventVersion, List<TopicRecord> records, List<String> topics) {
        var byVersion = records.stream().collect(groupingBy(TopicRecord::version));
        byVersion.forEach((version, same) -> {
            if (version < 1 || version > eventVersion || same.size() > 1) {
                same.forEach(this::isExtra);
            }
        });
        if (topics.stream().allMatch(this::isKept)) {
            LongStream.rangeClosed(1, eventVersion)
                    .filter(version -> !byVersion.containsKey(version))
                    .forEach(version ->
                            findings.add(
                                    PROMISE,
                                    "the event of version %d of %s is not in %s",
                                    version,
                                    key,
                                    String.join(" or ", topics)));
        }
    }

    private void isExtra(TopicRecord record) {
        findings.add(
                PROMISE,
                "event %s at %s, %s of %s, is of no transaction that has committed",
                record.id(),
                record.position(),
                record.type(),
                record.key());
    }

    private boolean isKept(String topic) {
        return !facts.log().truncated().contains(topic);
    }

    private void nothingIsLeft() {
        facts.tables()
                .outbox()
                .forEach((service, count) -> {
                    if (count > 0) {
                        findings.add(PROMISE, "%d events of %s are not published", count, service);
                    }
                });
        for (String parked : facts.tables().parked()) {
            findings.add(PROMISE, "a relay has parked %s", parked);
        }
    }
}
