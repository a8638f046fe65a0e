package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.internal.inbox.FailureClassifier.Kind;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Transactions of the service's own transaction manager that the database ends when they take too
/// long, and that are repeated when they lose against another one.
final class BoundedTransactions {

    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;
    private final Duration timeout;
    private final int attemptsMax;

    BoundedTransactions(
            PlatformTransactionManager transactionManager,
            JdbcClient jdbc,
            InboxProperties properties) {
        this.transaction = new TransactionTemplate(transactionManager);
        this.jdbc = jdbc;
        this.timeout = properties.transactionTimeout();
        this.attemptsMax = properties.attemptsMax();
    }

    /// Runs the work in one transaction; again, if it was a concurrency failure, up to the limit.
    /// What the last attempt threw is thrown.
    <T> T run(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (RuntimeException failure) {
                if (attempt >= attemptsMax
                        || FailureClassifier.classify(failure) != Kind.CONTENTION) {
                    throw failure;
                }
            }
        }
    }

    private <T> T once(Supplier<T> work) {
        return transaction.execute(_ -> {
            // By the server, as it also ends a transaction whose client hangs or is cut off.
            var _ =
                    jdbc.sql("select set_config('transaction_timeout', :timeout, true)")
                            .param("timeout", timeout.toMillis() + "ms")
                            .query(String.class)
                            .single();
            return work.get();
        });
    }

    /// Whether a failure was this one transaction's, and not the whole database's.
    boolean databaseAnswers() {
        try {
            return jdbc.sql("select 1").query(Integer.class).single() == 1;
        } catch (DataAccessException e) {
            return false;
        }
    }
}
