package io.eventshop.proof.drills;

import io.eventshop.proof.shop.Services;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An event of a major version that nobody writes any more.
final class OldVersionDrill implements Drill {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String OLD_TYPE = "org.eventshop.orders.order-placed.v1";
    private static final Duration SOON = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "old-version";
    }

    @Override
    public String breaks() {
        return "Keeps an order's event in the outbox and sends it in version 1 instead, as a"
                + " producer that was not upgraded yet would: prices as decimals, no currency.";
    }

    @Override
    public String standsFor() {
        return "Schema evolution: one side is deployed before the other, or an old topic is read"
                + " again, and the consumer fails on what it does not know, or silently misreads"
                + " it.";
    }

    @Override
    public String run(Bench bench) throws IOException, SQLException, InterruptedException {
        UUID order;
        UUID old = UUID.randomUUID();
        try (var hold = OutboxHold.of(bench.database(Services.ORDER))) {
            order = bench.orders.place("MONITOR-1", 2).id();
            Unpublished current = ofOrder(hold, order);
            String text = asVersion1(current.text());
            bench.story.step("the outbox holds   %s", current.text());
            bench.story.step("on the topic goes  %s", text);
            bench.evidence.orders("before", List.of(order));
            bench.topics.send(
                    List.of(
                            current.toRecord(
                                    Map.of(
                                            "id", old.toString(),
                                            "type", OLD_TYPE,
                                            "dataschema", oldSchema(current)),
                                    text)),
                    "old version");
            bench.await(
                    "the order's confirmation",
                    SOON,
                    () -> bench.evidence.confirmed(List.of(order)) == 1);
            bench.evidence.records("published so far", bench.topics.of(order));
            bench.evidence.orders("confirmed, though version 2 is unpublished", List.of(order));
            promises(bench, order, old);
        }
        bench.await("the mail", SOON, () -> bench.evidence.areTold(List.of(order)));
        bench.await(
                "the consumers",
                SOON,
                () -> bench.topics.areRead(List.of(Readers.RESERVATIONS, Readers.MAILS)));
        bench.evidence.records("published in all", bench.topics.of(order));
        bench.evidence.orders("after", List.of(order));
        bench.story.promise(
                bench.evidence.reservation(order).equals(List.of("RESERVED", "2"))
                        && reservations(bench, order) == 1,
                "version 2 of the same order came later and changed nothing");
        return "inventory and notification read version 1 as if it were version 2: the record knows"
                + " how to become the next one. That the order was told in both versions belongs"
                + " to this drill; a producer writes one of them.";
    }

    private static void promises(Bench bench, UUID order, UUID old)
            throws IOException, SQLException {
        var answer = bench.topics.of(Topics.RESERVATIONS, List.of(order));
        bench.story.promise(
                answer.size() == 1 && answer.getFirst().cause().equals(old.toString()),
                "stock was reserved because of the record of version 1: it is the cause");
        bench.story.promise(
                bench.evidence.reservation(order).equals(List.of("RESERVED", "2")),
                "2 are reserved, as ordered");
        long letters = 0;
        for (var database :
                List.of(
                        bench.database(Services.INVENTORY),
                        bench.database(Services.NOTIFICATION))) {
            letters +=
                    Sql.count(
                            database,
                            "select count(*) from messaging.dead_letter where event_id = ?",
                            old);
        }
        bench.story.promise(letters == 0, "it is no dead letter");
    }

    private static Unpublished ofOrder(OutboxHold hold, UUID order) throws SQLException {
        return hold.rows().stream()
                .filter(row -> row.key().equals(order.toString()))
                .findFirst()
                .orElseThrow(() -> new SQLException("the order's event is not in the outbox"));
    }

    private static long reservations(Bench bench, UUID order) throws IOException {
        return bench.topics.of(Topics.RESERVATIONS, List.of(order)).stream()
                .map(Event::id)
                .distinct()
                .count();
    }

    /// As the sample of 1.0.0 in the contracts has it.
    private static String asVersion1(String text) {
        JsonNode current = JSON.readTree(text);
        ObjectNode old = JSON.createObjectNode();
        for (String same : List.of("orderId", "customerId", "email")) {
            old.set(same, current.path(same));
        }
        var lines = old.putArray("lines");
        for (JsonNode line : current.path("lines")) {
            lines.addObject()
                    .put("sku", line.path("sku").asString())
                    .put("quantity", line.path("quantity").asInt())
                    .put("unitPrice", decimal(line.path("unitPrice")));
        }
        old.put("total", decimal(current.path("total")));
        return JSON.writeValueAsString(old);
    }

    private static BigDecimal decimal(JsonNode money) {
        return BigDecimal.valueOf(money.path("amountMinor").asLong(), 2);
    }

    private static String oldSchema(Unpublished current) {
        return current.attributes().getOrDefault("dataschema", "").replaceAll("[0-9.]+$", "1.0.0");
    }
}
