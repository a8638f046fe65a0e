package io.eventshop.messaging;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// What is told to others: log, meters, wake-ups. Of a batch that is tried several times it is told
/// once, and of what rolls back not at all.
public final class AfterCommit implements TransactionSynchronization {

    private static final Logger log = LoggerFactory.getLogger(AfterCommit.class);

    private final Runnable work;
    private final @Nullable Map<String, String> names = MDC.getCopyOfContextMap();

    private AfterCommit(Runnable work) {
        this.work = work;
    }

    /// Runs it once the running transaction has committed, under the names that log lines have now;
    /// after a crash, never. A failure is logged: the commit stands.
    ///
    /// @param work must not use the database, whose connection is still held
    /// @throws IllegalStateException without a transaction
    public static void run(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new AfterCommit(work));
    }

    @Override
    public void afterCommit() {
        var before = MDC.getCopyOfContextMap();
        MDC.setContextMap(names == null ? Map.of() : names);
        try {
            work.run();
        } catch (RuntimeException | StackOverflowError e) {
            log.warn("after a commit, which stands", e);
        } finally {
            MDC.setContextMap(before == null ? Map.of() : before);
        }
    }
}
