package io.eventshop.web.idempotency;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/// Forgets the keys that were kept long enough, in small statements, oldest first. Instances clean
/// side by side and pass over each other's rows. The database's clock decides, for it wrote the
/// times.
///
/// A thread of its own: with virtual threads all of Spring's fixed-delay tasks share one.
final class IdempotencyKeyCleaning implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(IdempotencyKeyCleaning.class);

    /// Bounds one run; what is left is taken by the next.
    private static final int STATEMENTS_MAX = 1000;

    /// Rows deleted in one statement, so that none holds locks for long.
    private static final int BATCH_SIZE = 1000;

    /// Keys live for a day, so the table grows by less than a hundredth between two runs.
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final Duration kept;
    private @Nullable ScheduledExecutorService thread;

    IdempotencyKeyCleaning(JdbcClient jdbc, Duration kept) {
        this.jdbc = jdbc;
        this.kept = kept;
    }

    /// @return how many keys were forgotten
    int clean() {
        int all = 0;
        for (int i = 0; i < STATEMENTS_MAX; i++) {
            int deleted = deleteOldest();
            all += deleted;
            if (deleted < BATCH_SIZE) {
                break;
            }
        }
        return all;
    }

    private int deleteOldest() {
        return jdbc.sql(
                        """
                        delete from web.idempotency_key
                        where key in (
                            select key
                            from web.idempotency_key
                            where created_at < now() - make_interval(secs => :kept)
                            order by created_at
                            limit :batch
                            for update skip locked)
                        """)
                .param("kept", (double) kept.toSeconds())
                .param("batch", BATCH_SIZE)
                .update();
    }

    @Override
    public synchronized void start() {
        var executor =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("idempotency-key-cleaning").factory());
        long interval = INTERVAL.toMillis();
        var _ =
                executor.scheduleWithFixedDelay(
                        this::cleanOrSay, interval, interval, TimeUnit.MILLISECONDS);
        thread = executor;
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            var _ = thread.shutdownNow();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    /// The next run makes up for one that failed.
    private void cleanOrSay() {
        try {
            int forgotten = clean();
            log.debug("forgot {} idempotency keys", forgotten);
        } catch (DataAccessException | TransactionException e) {
            log.warn("could not clean idempotency keys, trying again later: {}", e.toString());
        }
    }
}
