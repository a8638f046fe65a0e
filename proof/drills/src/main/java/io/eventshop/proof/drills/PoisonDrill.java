package io.eventshop.proof.drills;

import io.eventshop.launcher.services.Service;
import io.eventshop.launcher.services.Service.Consumer;
import io.eventshop.proof.shop.Services;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A record that can never be applied, with another behind it that depends on it.
final class PoisonDrill implements Drill {

    private static final int OTHERS = 12;
    private static final Duration SOON = Duration.ofSeconds(30);

    /// Who reads `orders.events`, and where he can be told about a dead letter.
    private static final Map<Consumer, Service> READERS =
            Map.of(Readers.RESERVATIONS, Services.INVENTORY, Readers.MAILS, Services.NOTIFICATION);

    @Override
    public String name() {
        return "poison";
    }

    @Override
    public String breaks() {
        return "Sends half an OrderPlaced for an order, then cancels the order, so that a sound"
                + " event of the same key follows.";
    }

    @Override
    public String standsFor() {
        return "The poison pill: one record that a consumer cannot read stops its partition for"
                + " ever, or is skipped and lost, or lets the events behind it overtake it.";
    }

    @Override
    public String run(Bench bench) throws IOException, SQLException, InterruptedException {
        UUID order = bench.orders.place("CABLE-1", 1).id();
        bench.await("its mail", SOON, () -> bench.evidence.areTold(List.of(order)));
        bench.evidence.orders("before", List.of(order));

        Event placed = bench.topics.of(Topics.ORDERS, List.of(order)).getFirst();
        UUID poison = UUID.randomUUID();
        String text = placed.text();
        bench.topics.send(
                List.of(placed.forged(poison, text.substring(0, text.length() / 2))), "poison");
        bench.story.step("half an OrderPlaced is in partition %s", placed.lane());
        bench.await("the dead letters", SOON, () -> hasLetter(bench, poison));
        bench.orders.cancel(order);
        UUID follower =
                UUID.fromString(bench.orders.history(order).getLast().path("eventId").asString());
        bench.await("the follower", SOON, () -> hasLetter(bench, follower));
        var others = bench.orders.place(OTHERS, "CABLE-1");
        bench.await("the other orders", SOON, () -> bench.evidence.areTold(others));

        tellLetters(bench, order);
        bench.evidence.orders(
                "meanwhile: cancelled, but its stock is held and no mail went", List.of(order));
        promiseThatOthersFlow(bench, placed.lane(), others);
        bench.story.promise(
                bench.evidence.reservation(order).getFirst().equals("RESERVED")
                        && bench.evidence.mails(List.of(order)) == 1,
                "the cancellation waits behind the poison, at both consumers");

        for (var reader : READERS.entrySet()) {
            URI letters = letters(bench, reader.getKey(), reader.getValue());
            bench.story.step("DELETE %s/%s, then POST its follower", letters, poison);
            var _ =
                    bench.client.send(
                            "DELETE",
                            URI.create("%s/%s?actor=drill&reason=drill".formatted(letters, poison)),
                            "");
            var _ =
                    bench.client.send(
                            "POST", URI.create(letters + "/" + follower), "{\"actor\":\"drill\"}");
        }
        bench.await(
                "the cancellation's mail", SOON, () -> bench.evidence.mails(List.of(order)) == 2);
        bench.await(
                "all consumers",
                SOON,
                () ->
                        bench.topics.areRead(
                                List.of(Readers.SAGA, Readers.RESERVATIONS, Readers.MAILS)));
        bench.evidence.orders("after", List.of(order));
        bench.story.promise(
                bench.evidence.reservation(order).getFirst().equals("RELEASED"),
                "the stock is released, and the customer knows");
        return "the consumers put the record aside with its reason and went on. Only its own key"
                + " waited, in order, until somebody decided.";
    }

    private static URI letters(Bench bench, Consumer consumer, Service service) {
        return URI.create(bench.management(service) + "/actuator/deadletters/" + consumer.name());
    }

    /// At both readers.
    ///
    /// @throws IOException if it is missing at one
    private static boolean hasLetter(Bench bench, UUID event)
            throws IOException, InterruptedException {
        for (var reader : READERS.entrySet()) {
            URI letters = letters(bench, reader.getKey(), reader.getValue());
            var _ = bench.client.get(URI.create(letters + "/" + event));
        }
        return true;
    }

    private static void tellLetters(Bench bench, UUID order) throws SQLException {
        for (var database :
                List.of(
                        bench.database(Services.INVENTORY),
                        bench.database(Services.NOTIFICATION))) {
            bench.story.table(
                    "meanwhile: dead letters of " + database.username(),
                    List.of("consumer", "event", "position", "status", "reason"),
                    Sql.rows(
                            database,
                            """
                            select consumer, right(event_id::text, 8),
                                   topic || '-' || lane || '-' || at, status, reason
                              from messaging.dead_letter
                             where record_key = convert_to(?, 'UTF8')
                             order by seq
                            """,
                            order.toString()));
        }
    }

    private static void promiseThatOthersFlow(Bench bench, String lane, List<UUID> others)
            throws IOException, SQLException {
        long same =
                bench.topics.of(Topics.ORDERS, others).stream()
                        .filter(event -> event.lane().equals(lane) && event.version() == 1)
                        .count();
        bench.story.promise(
                bench.evidence.confirmed(others) == OTHERS,
                "%d other orders were confirmed meanwhile, %d of them in the poison's partition",
                OTHERS,
                same);
    }
}
