package io.eventshop.system.chaos;

import io.eventshop.launcher.servers.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Looks five times a second at the oldest event that waits in an outbox, to tell afterwards how
/// long a backlog lasted.
final class Backlog implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

    private final Database database;
    private final Queue<Look> looks = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable Connection connection;

    /// @param oldest when the oldest event came that waited then; the look itself if there was none
    private record Look(Instant at, Instant oldest) {}

    Backlog(Database database) {
        this.database = database;
        this.thread = Thread.ofPlatform().name("backlog").daemon().start(this::run);
    }

    /// Until all was published that had waited at this instant.
    Optional<Duration> lasted(Instant from) {
        return looks.stream()
                .filter(look -> look.at().isAfter(from) && look.oldest().isAfter(from))
                .findFirst()
                .map(look -> Duration.between(from, look.at()));
    }

    private void run() {
        try {
            while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private void look() {
        try {
            if (connection == null) {
                connection = database.connect(ANSWER_WITHIN);
            }
            looks.add(look(connection));
        } catch (SQLException e) {
            disconnect(); // it is one of the things that break
        }
    }

    private static Look look(Connection open) throws SQLException {
        try (var statement = open.createStatement();
                var result =
                        statement.executeQuery("select min(created_at) from messaging.outbox")) {
            var at = Instant.now();
            var _ = result.next();
            var oldest = result.getObject(1, OffsetDateTime.class);
            return new Look(at, oldest == null ? at : oldest.toInstant());
        }
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // It was no good any more.
            }
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
