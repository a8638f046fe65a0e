package io.eventshop.web.idempotency;

import io.eventshop.messaging.background.PeriodicWork;
import io.eventshop.web.WebProperties;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Forgets the keys that were kept long enough, in small statements, oldest first. Instances clean
/// side by side and pass over each other's rows. The database's clock decides, for it wrote the
/// times.
@DependsOn("webSchema")
final class IdempotencyKeyCleaning extends PeriodicWork {

    private static final Logger log = LoggerFactory.getLogger(IdempotencyKeyCleaning.class);

    /// Bounds one run; what is left is taken by the next.
    private static final int STATEMENTS_MAX = 1000;

    /// Rows deleted in one statement, so that none holds locks for long.
    private static final int BATCH_SIZE = 1000;

    /// Keys live for a day, so the table grows by less than a hundredth between two runs.
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final Duration kept;

    IdempotencyKeyCleaning(JdbcClient jdbc, WebProperties properties) {
        super("idempotency-key-cleaning", INTERVAL, INTERVAL);
        this.jdbc = jdbc;
        this.kept = properties.idempotencyKept();
    }

    @Override
    protected void work(BooleanSupplier stopping) {
        log.debug("forgot {} idempotency keys", clean(stopping));
    }

    /// @return how many keys were forgotten
    int clean(BooleanSupplier stopping) {
        int all = 0;
        for (int i = 0; i < STATEMENTS_MAX && !stopping.getAsBoolean(); i++) {
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
}
