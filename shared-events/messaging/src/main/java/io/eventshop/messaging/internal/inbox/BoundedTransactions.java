package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.internal.inbox.FailureClassifier.Kind;
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

    /// Runs the work in one transaction; again, if it was a concurrency failure, up to the limit.
    /// What the last attempt threw is thrown.
    <T> T run(Supplier<T> work) {
        var transaction = new TransactionTemplate(transactionManager);
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.execute(_ -> {
                    limitTime();
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

    /// By the server, as it also ends a transaction whose client hangs or is cut off. The server
    /// does not set a timer that is running anew, and a service's sessions have one: it is stopped
    /// first.
    private void limitTime() {
        int _ =
                jdbc.sql(
                                "set local transaction_timeout = 0; set local transaction_timeout = "
                                        + properties.transactionTimeout().toMillis())
                        .update();
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
