package io.eventshop.launcher.check;

import io.eventshop.launcher.servers.Database;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

    private static final String UNPUBLISHED = "select count(*) from messaging.outbox";

    private static final String UNANSWERED =
            "select count(*) from orders where status = 'PENDING' and id::text <> all(?)";

    private static final String UNSENT =
            "select count(*) from notification where status = 'PENDING'";

    private static final String WAITING =
            """
            select distinct encode(record_key, 'escape')
              from messaging.dead_letter
             where status in ('DEAD', 'PARKED')
            """;

    private final ShopDatabases databases;
    private final String bootstrapServers;

    Quiet(ShopDatabases databases, String bootstrapServers) {
        this.databases = databases;
        this.bootstrapServers = bootstrapServers;
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
        try (var consumers = new Consumers(bootstrapServers)) {
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

    private Look look(Consumers consumers) {
        var restless = new ArrayList<String>();
        boolean offsetsOnly = false;
        var state = new StringBuilder();
        try {
            var services = databases.byService();
            var waiting = new TreeSet<String>();
            for (Database database : services.values()) {
                waiting.addAll(waitingKeys(database));
            }
            var counts = new LinkedHashMap<String, Long>();
            for (var service : services.entrySet()) {
                counts.put(
                        "events of " + service.getKey() + " to be published",
                        count(UNPUBLISHED, service.getValue()));
            }
            counts.put("orders to be answered", unanswered(waiting));
            counts.put("mails to be sent", count(UNSENT, databases.notifications()));
            counts.forEach((what, count) -> {
                if (count > 0) {
                    restless.add(count + " " + what);
                }
            });
            offsetsOnly = restless.isEmpty();
            var progress = consumers.progress();
            restless.addAll(progress.lagging());
            state.append(counts.values()).append(waiting).append(progress.state());
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

    private long unanswered(Set<String> waiting) throws SQLException {
        try (var connection = databases.orders().connect(ANSWER_WITHIN);
                var statement = connection.prepareStatement(UNANSWERED)) {
            statement.setArray(1, connection.createArrayOf("text", waiting.toArray(String[]::new)));
            try (var result = statement.executeQuery()) {
                return only(result);
            }
        }
    }

    private static long count(String query, Database database) throws SQLException {
        try (var connection = database.connect(ANSWER_WITHIN);
                var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            return only(result);
        }
    }

    private static long only(ResultSet result) throws SQLException {
        if (!result.next()) {
            throw new SQLException("a count has no row");
        }
        return result.getLong(1);
    }
}
