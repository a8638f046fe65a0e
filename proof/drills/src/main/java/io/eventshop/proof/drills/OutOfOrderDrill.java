package io.eventshop.proof.drills;

import io.eventshop.proof.shop.Services;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The later of two events arrives first.
final class OutOfOrderDrill implements Drill {

    private static final String SKU = "WEBCAM-1";
    private static final Duration SOON = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "out-of-order";
    }

    @Override
    public String breaks() {
        return "Changes the price of " + SKU + " twice and lets the second event pass the first.";
    }

    @Override
    public String standsFor() {
        return "The retry that overtakes: the first event fails, the second gets through, the first"
                + " is sent again. A copy that believes whatever came last has the old price for"
                + " ever.";
    }

    @Override
    public String run(Bench bench) throws IOException, SQLException, InterruptedException {
        URI item = bench.api(Services.INVENTORY).resolve("/api/v1/items/" + SKU);
        JsonNode original = bench.client.get(item);
        long price = original.path("unitPrice").path("amountMinor").asLong();
        try (var _ =
                bench.repairs.breaking(
                        () -> {}, () -> changeQuietly(bench, item, original, price))) {
            tellCopy(bench, "before: order-service's copy");
            overtake(bench, item, original, price);
        }
        bench.await("the old price", SOON, () -> copiedPrice(bench) == price);
        tellCopy(bench, "in the end: the price is what it was");
        return "the copy has a version and never goes back. Our own relay does not let events of a"
                + " key overtake, so this took a hand; whoever reads a topic should not have to"
                + " trust that.";
    }

    private static void overtake(Bench bench, URI item, JsonNode original, long price)
            throws IOException, SQLException, InterruptedException {
        long newest;
        try (var hold = OutboxHold.of(bench.database(Services.INVENTORY))) {
            change(bench, item, original, price + 100);
            change(bench, item, original, price + 200);
            List<Unpublished> rows =
                    hold.rows().stream().filter(row -> row.key().equals(SKU)).toList();
            Unpublished second = rows.getLast();
            newest = Long.parseLong(second.attributes().getOrDefault("aggregateversion", "0"));
            bench.story.step("%d changes of the price are in inventory's outbox", rows.size());
            bench.topics.send(List.of(second.toRecord()), "overtaking");
            bench.story.step("the second one is sent first");
            bench.await("order-service to hear of it", SOON, () -> copiedVersion(bench) == newest);
            tellCopy(bench, "meanwhile");
            hold.letPublish();
            bench.await(
                    "the relay",
                    SOON,
                    () ->
                            hold.rows().stream().noneMatch(row -> row.key().equals(SKU))
                                    && bench.topics.areRead(List.of(Readers.ITEM_COPIES)));
        }

        List<Event> events = bench.topics.of(Topics.ITEMS, List.of(SKU));
        bench.evidence.records("the item's records, as they came", events);
        tellCopy(bench, "after");
        bench.story.promise(
                events.stream()
                        .map(Event::version)
                        .toList()
                        .equals(List.of(newest, newest - 1, newest)),
                "version %d came before version %d",
                newest,
                newest - 1);
        bench.story.promise(
                copiedVersion(bench) == newest && copiedPrice(bench) == price + 200,
                "the copy stayed at version %d and %d cents",
                newest,
                price + 200);
        bench.story.promise(
                bench.evidence.marks(events) == 2,
                "both events were dealt with, the repeated record was dropped");
    }

    private static void change(Bench bench, URI item, JsonNode original, long cents)
            throws IOException, InterruptedException {
        ObjectNode wish = JsonMapper.shared().createObjectNode();
        wish.set("name", original.path("name"));
        wish.putObject("unitPrice")
                .put("amountMinor", cents)
                .put("currency", original.path("unitPrice").path("currency").asString());
        wish.set("reorderLevel", original.path("reorderLevel"));
        var _ = bench.client.send("PUT", item, wish.toString());
    }

    private static void changeQuietly(Bench bench, URI item, JsonNode original, long cents) {
        try {
            change(bench, item, original, cents);
        } catch (IOException e) {
            bench.story.step("%s still costs something else: %s", SKU, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long copiedVersion(Bench bench) throws SQLException {
        return copied(bench, "version");
    }

    private static long copiedPrice(Bench bench) throws SQLException {
        return copied(bench, "unit_price_minor");
    }

    private static long copied(Bench bench, String column) throws SQLException {
        return Sql.count(
                bench.database(Services.ORDER),
                "select %s from item_copy where sku = ?".formatted(column),
                SKU);
    }

    private static void tellCopy(Bench bench, String title) throws SQLException {
        bench.story.table(
                title,
                List.of("sku", "version", "cents"),
                Sql.rows(
                        bench.database(Services.ORDER),
                        "select sku, version, unit_price_minor from item_copy where sku = ?",
                        SKU));
    }
}
