package io.eventshop.proof.check;

import static java.util.Objects.requireNonNull;

import io.eventshop.launcher.servers.Mail;
import io.eventshop.launcher.servers.Position;
import io.eventshop.proof.check.Tables.ItemRow;
import io.eventshop.proof.check.Tables.Letter;
import io.eventshop.proof.check.Tables.NotificationRow;
import io.eventshop.proof.check.Tables.OrderRow;
import io.eventshop.proof.check.Tables.ReservationRow;
import io.eventshop.proof.check.Tables.Step;
import io.eventshop.proof.shop.History;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// A shop that exists only as what its tables and topics would say. It is faultless: one order of
/// two mice, confirmed. Tests spoil it.
final class PaperShop {

    static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    static final UUID ORDER = id(1);
    static final UUID PLACED = id(2);
    static final UUID CONFIRMED = id(3);
    static final UUID RESERVED = id(4);

    Instant disturbedUntil = Instant.MIN;
    final History history = History.inMemory(Clock.fixed(NOON, ZoneOffset.UTC));
    final Map<UUID, OrderRow> orders = new LinkedHashMap<>();
    final List<Step> steps = new ArrayList<>();
    final Map<String, UUID> keys = new HashMap<>();
    final Map<String, ItemRow> items = new LinkedHashMap<>();
    final Map<UUID, ReservationRow> reservations = new LinkedHashMap<>();
    final List<NotificationRow> notifications = new ArrayList<>();
    final List<Letter> letters = new ArrayList<>();
    final Map<String, Map<UUID, Instant>> marks = new HashMap<>();
    final List<TopicRecord> records = new ArrayList<>();
    final List<Mail> mails = new ArrayList<>();

    PaperShop() {
        history.orderAsked("key", "ada", "ada@example.test", Map.of("MOUSE-1", 2));
        history.orderAnswered("key", 202, ORDER, "PENDING");
        keys.put("key", ORDER);
        order("CONFIRMED", 2);
        steps.add(step(1, "PENDING", PLACED));
        steps.add(step(2, "CONFIRMED", CONFIRMED));
        items.put("MOUSE-1", new ItemRow("MOUSE-1", 10, 2, 2));
        reservations.put(ORDER, new ReservationRow(ORDER, "RESERVED", 1, "MOUSE-1=2"));
        notifications.add(
                new NotificationRow(
                        id(5),
                        CONFIRMED,
                        "ORDER_CONFIRMED",
                        ORDER.toString(),
                        "ada@example.test",
                        "SENT",
                        false));
        mail(id(5), "ada@example.test");
        marks.put("reservations", new HashMap<>(Map.of(PLACED, NOON)));
        marks.put("order-saga", new HashMap<>(Map.of(RESERVED, NOON)));
        marks.put("mails", new HashMap<>(Map.of(PLACED, NOON, CONFIRMED, NOON)));
        publish("items.events", "MOUSE-1", id(6), "item-listed", 1, "");
        publish("stock.events", "MOUSE-1", id(7), "stock-received", 2, "10 of 10");
        publish(
                "orders.events",
                ORDER.toString(),
                PLACED,
                "order-placed",
                1,
                "ada ada@example.test MOUSE-1=2");
        publish(
                "reservations.events",
                ORDER.toString(),
                RESERVED,
                "stock-reserved",
                1,
                "MOUSE-1=2",
                PLACED);
        publish("orders.events", ORDER.toString(), CONFIRMED, "order-confirmed", 2, "", RESERVED);
    }

    static UUID id(int number) {
        return new UUID(0, number);
    }

    void order(String status, long events) {
        orders.put(ORDER, new OrderRow(ORDER, "ada", status, NOON, events, "MOUSE-1=2"));
    }

    static Step step(long version, String status, UUID event) {
        return new Step(ORDER, version, status, null, NOON.plusSeconds(version), event);
    }

    void publish(String topic, String key, UUID id, String type, long version, String content) {
        publish(topic, key, id, type, version, content, "");
    }

    /// @param cause the event that it answers
    void publish(
            String topic,
            String key,
            UUID id,
            String type,
            long version,
            String content,
            Object cause) {
        records.add(
                new TopicRecord(
                        new Position(topic, "0", Integer.toString(records.size())),
                        key,
                        id.toString(),
                        type,
                        version,
                        "flow",
                        cause.toString(),
                        "digest of " + id,
                        content,
                        type.equals("order-placed") ? content.split(" ", -1)[1] : ""));
    }

    void mail(UUID notification, String to) {
        mails.add(
                new Mail(
                        mails.size() + 1,
                        NOON,
                        "shop@example.test",
                        to,
                        "<" + notification + "@example.test>",
                        "",
                        ""));
    }

    Map<UUID, Instant> marks(String consumer) {
        return requireNonNull(marks.get(consumer));
    }

    TopicRecord record(UUID id) {
        return records.stream()
                .filter(record -> record.id().equals(id.toString()))
                .findFirst()
                .orElseThrow();
    }

    void deadLetter(UUID event, String consumer) {
        deadLetter(event, consumer, record(event).position());
    }

    void deadLetter(UUID event, String consumer, Position position) {
        letters.add(
                new Letter(
                        "a-service",
                        consumer,
                        event,
                        position,
                        record(event).key(),
                        "DEAD",
                        "who knows",
                        NOON.minusSeconds(1),
                        null));
    }

    /// How many findings there are, by promise.
    Map<Integer, Integer> violations() {
        var tables =
                new Tables(
                        orders,
                        steps,
                        keys,
                        Map.of("MOUSE-1", 1L),
                        items,
                        reservations,
                        notifications,
                        letters,
                        marks,
                        Map.of(),
                        List.of());
        var facts = new Facts(tables, new TopicLog(records, Set.of()), history.entries());
        var findings = new Findings(Set.of());
        new OrdersCheck(facts, findings).run(true, disturbedUntil, Duration.ofMinutes(1));
        new StockCheck(facts, findings).run(List.of());
        new NotificationsCheck(facts, findings).run(mails);
        new PublicationCheck(facts, findings).run();
        new KeysCheck(facts, findings).run(true);
        new ConsumersCheck(facts, findings).run(false);
        return findings.counts();
    }
}
