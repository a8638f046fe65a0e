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
record BoundedTransactions(
        PlatformTransactionManager transactionManager,
        JdbcClient jdbc,
        InboxProperties properties) {

    private static final int IMPATIENCE = 10;

    /// For work that touches nothing but the inbox's own tables: it waits for a lock as long as the
    /// transaction may take.
    <T> T run(Supplier<T> work) {
        return run(properties.transactionTimeout(), work);
    }

    /// Runs the work in one transaction; again, if it was a concurrency failure, up to the limit.
    /// What the last attempt threw is thrown.
    ///
    /// @param lockTimeout how long each of its statements may wait for a lock. What has waited that
    ///   long fails at once: the lock may be held for hours
    <T> T run(Duration lockTimeout, Supplier<T> work) {
        var transaction = new TransactionTemplate(transactionManager);
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.execute(_ -> {
                    limitTime(lockTimeout);
                    return work.get();
                });
            } catch (RuntimeException failure) {
                if (attempt >= properties.attemptsMax()
                        || FailureClassifier.classify(failure) != Kind.CONTENTION) {
                    throw failure;
                }
            }
        }
    }

    /// How long to wait for a lock: when one was waited for in vain, the next is likely to be the
    /// same, and to wait as long for it again would hold up what needs none.
    Duration lockTimeout(boolean hasWaitedInVain) {
        return hasWaitedInVain
                ? properties.lockTimeout().dividedBy(IMPATIENCE)
                : properties.lockTimeout();
    }

    LockWatch watchLocks(Duration lockTimeout) {
        return new LockWatch(jdbc, lockTimeout);
    }

    /// By the server, as it also ends a transaction whose client hangs or is cut off. The server
    /// does not set a timer that is running anew, and a service's sessions have one: it is stopped
    /// first.
    private void limitTime(Duration lockTimeout) {
        var _ =
                jdbc.sql(
                                """
                                select set_config('transaction_timeout', '0', true),
                                       set_config('transaction_timeout', :transaction, true),
                                       set_config('lock_timeout', :lock, true)
                                """)
                        .param("transaction", milliseconds(properties.transactionTimeout()))
                        .param("lock", milliseconds(lockTimeout))
                        .query()
                        .singleRow();
    }

    private static String milliseconds(Duration time) {
        return Long.toString(time.toMillis());
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
