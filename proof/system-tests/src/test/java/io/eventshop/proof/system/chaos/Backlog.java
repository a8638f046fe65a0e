package io.eventshop.proof.system.chaos;

import io.eventshop.launcher.servers.Database;
import io.eventshop.proof.check.Watch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What waits in order-service, again and again: how many orders for their end, and since when the
/// oldest event for being published, to tell afterwards how long a backlog lasted.
final class Backlog implements AutoCloseable {

    private final Queue<Look> looks = new ConcurrentLinkedQueue<>();
    private volatile int pending;
    private final Watch watch;

    /// @param oldest when the oldest event came that waited then; the look itself if there was none
    private record Look(Instant at, Instant oldest) {}

    Backlog(Database database) {
        watch = Watch.over(database, open -> looks.add(look(open)));
    }

    /// Until all was published that had waited at this instant.
    Optional<Duration> lasted(Instant from) {
        return looks.stream()
                .filter(look -> look.at().isAfter(from) && look.oldest().isAfter(from))
                .findFirst()
                .map(look -> Duration.between(from, look.at()));
    }

    /// How many orders were accepted and had not come to their end, when last seen.
    int pending() {
        return pending;
    }

    private Look look(Connection open) throws SQLException {
        try (var statement = open.createStatement();
                var result =
                        statement.executeQuery(
                                """
                                select (select min(created_at) from messaging.outbox),
                                       (select count(*) from orders where status = 'PENDING')
                                """)) {
            var at = Instant.now();
            var _ = result.next();
            var oldest = result.getObject(1, OffsetDateTime.class);
            pending = result.getInt(2);
            return new Look(at, oldest == null ? at : oldest.toInstant());
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
