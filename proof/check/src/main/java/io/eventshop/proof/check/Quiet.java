package io.eventshop.proof.check;

import static java.util.stream.Collectors.toSet;

import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.shop.RunningShop;
import io.eventshop.proof.shop.Services;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;

/// Waits until nothing is on its way: no event in an outbox or before a consumer, no order without
/// an answer, no mail to be sent. What waits behind a dead letter waits for a person, and counts as
/// at rest.
///
/// Tables and topics cannot be looked at in one moment, and something may pass from one that was
/// not looked at yet to one that was. So it takes two looks that found nothing, and nothing moved
/// between them.
///
/// A consumer that loses its membership at the wrong moment keeps its place and not its offset,
/// until it reads the next record. That is at rest as well: after a while without a move, offsets
/// alone keep nobody waiting, and whether a record was missed is told by its effects.
final class Quiet {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration TELL_EVERY = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Duration READ_WITHIN = Duration.ofSeconds(15);

    private static final String UNPUBLISHED = "select id from messaging.outbox where id <> all(?)";

    private static final String UNANSWERED =
            """
            select id from orders
             where status = 'PENDING' and id <> all(?) and id::text <> all(?)
            """;

    private static final String UNSENT =
            "select id from notification where status = 'PENDING' and id <> all(?)";

    private static final String WAITING =
            """
            select distinct encode(record_key, 'escape')
              from messaging.dead_letter
             where status in ('DEAD', 'PARKED')
            """;

    private static final String LOCKED =
            "select event_id from messaging.dead_letter where status = 'WAITING' and event_id <> all(?)";

    private final RunningShop shop;
    private final Set<UUID> passedOver;
    private Set<UUID> underWay = Set.of();

    /// @param passedOver ids of what need not come to rest
    Quiet(RunningShop shop, Set<UUID> passedOver) {
        this.shop = shop;
        this.passedOver = passedOver;
    }

    /// @param restless one sentence for each thing that is not at rest
    /// @param offsetsOnly whether all of them are offsets that stay behind
    /// @param state changes when anything moves
    private record Look(List<String> restless, boolean offsetsOnly, String state) {}

    List<String> await(Duration limit, Duration stalled, Consumer<String> progress)
            throws InterruptedException {
        long start = System.nanoTime();
        long moved = start;
        long told = start;
        try (var consumers = new Consumers(shop.bootstrapServers())) {
            var before = new Look(List.of(), false, "");
            while (true) {
                var look = look(consumers);
                long now = System.nanoTime();
                if (!look.state().equals(before.state())) {
                    moved = now;
                } else if (look.restless().isEmpty()) {
                    return List.of();
                }
                if (look.offsetsOnly() && now - moved > READ_WITHIN.toNanos()) {
                    return List.of();
                }
                if (now - start > limit.toNanos() || now - moved > stalled.toNanos()) {
                    return look.restless();
                }
                if (now - told > TELL_EVERY.toNanos()) {
                    told = now;
                    progress.accept("waiting for " + String.join("; ", look.restless()));
                }
                before = look;
                Thread.sleep(LOOK_EVERY);
            }
        }
    }

    /// The ids of what was on its way when it was last looked at.
    Set<UUID> underWay() {
        return underWay;
    }

    private Look look(Consumers consumers) {
        var restless = new ArrayList<String>();
        boolean offsetsOnly = false;
        var state = new StringBuilder();
        try {
            var waiting = new TreeSet<String>();
            for (Service service : Services.ALL) {
                waiting.addAll(waitingKeys(shop.database(service)));
            }
            var found = new LinkedHashMap<String, Set<UUID>>();
            for (Service service : Services.ALL) {
                found.put(
                        "events of " + service + " to be published",
                        ids(UNPUBLISHED, shop.database(service)));
                found.put(
                        "events that " + service + " tries again because of a lock",
                        ids(LOCKED, shop.database(service)));
            }
            found.put(
                    "orders to be answered",
                    ids(UNANSWERED, shop.database(Services.ORDER), waiting.toArray(String[]::new)));
            found.put("mails to be sent", ids(UNSENT, shop.database(Services.NOTIFICATION)));
            found.forEach((what, ids) -> {
                if (!ids.isEmpty()) {
                    restless.add(ids.size() + " " + what);
                }
            });
            underWay = found.values().stream().flatMap(Set::stream).collect(toSet());
            offsetsOnly = restless.isEmpty();
            var progress = consumers.progress();
            restless.addAll(progress.lagging());
            state.append(found.values().stream().map(Set::size).toList())
                    .append(waiting)
                    .append(progress.state());
        } catch (SQLException | IOException e) {
            offsetsOnly = false;
            restless.add("what does not answer: " + e.getMessage());
        }
        return new Look(List.copyOf(restless), offsetsOnly, state.toString());
    }

    private static Set<String> waitingKeys(Database database) throws SQLException {
        try (var connection = database.connect(ANSWER_WITHIN);
                var statement = connection.createStatement();
                var result = statement.executeQuery(WAITING)) {
            var keys = new TreeSet<String>();
            while (result.next()) {
                keys.add(result.getString(1));
            }
            return keys;
        }
    }

    /// @param texts for the query's second parameter, if it has one
    private Set<UUID> ids(String query, Database database, String... texts) throws SQLException {
        try (var connection = database.connect(ANSWER_WITHIN);
                var statement = connection.prepareStatement(query)) {
            statement.setArray(1, connection.createArrayOf("uuid", passedOver.toArray()));
            if (statement.getParameterMetaData().getParameterCount() > 1) {
                statement.setArray(2, connection.createArrayOf("text", texts));
            }
            try (var result = statement.executeQuery()) {
                var ids = new HashSet<UUID>();
                while (result.next()) {
                    ids.add(result.getObject(1, UUID.class));
                }
                return ids;
            }
        }
    }
}
