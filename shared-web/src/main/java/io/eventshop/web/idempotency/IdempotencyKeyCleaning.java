package io.eventshop.web.idempotency;

import io.eventshop.web.WebProperties;
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

    private final JdbcClient jdbc;
    private final WebProperties.Idempotency settings;
    private @Nullable ScheduledExecutorService thread;

    IdempotencyKeyCleaning(JdbcClient jdbc, WebProperties.Idempotency settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /// @return how many keys were forgotten
    int clean() {
        int all = 0;
        for (int i = 0; i < STATEMENTS_MAX; i++) {
            int deleted = deleteOldest();
            all += deleted;
            if (deleted < settings.cleaningBatchSize()) {
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
                .param("kept", (double) settings.kept().toSeconds())
                .param("batch", settings.cleaningBatchSize())
                .update();
    }

    @Override
    public synchronized void start() {
        var executor =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("idempotency-key-cleaning").factory());
        long interval = settings.cleaningInterval().toMillis();
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
