package io.eventshop.messaging.inbox;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/// Whose fault a failure is: told by SQLState and kind of exception, through the whole chain of
/// causes, because everybody wraps. Messages are not looked at; they change with locale and
/// version.
///
/// What is not known to be the world's fault is the event's: a dead letter can be replayed, but an
/// event that is retried for ever stops its partition.
final class FailureClassifier {

    enum Kind {
        /// Lost against another transaction; the same again is likely to succeed.
        CONTENTION,
        /// Database or connection; says nothing about the event, and ends by itself.
        INFRASTRUCTURE,
        /// The event, or what the handler makes of it.
        POISON
    }

    /// Transaction rollback (serialization, deadlock); lock timeout. See PostgreSQL's appendix A.
    private static final List<String> CONTENTION_STATES = List.of("40", "55P03");

    /// Connection; resources; the server's session and transaction timeouts; cancelled statements,
    /// which is what a statement timeout looks like; operator intervention; system error.
    private static final List<String> INFRASTRUCTURE_STATES =
            List.of("08", "53", "25P03", "25P04", "57014", "57P", "58");

    /// What a persistence provider throws where nobody translates; by name, since this module does
    /// not know JPA.
    private static final Set<String> UNTRANSLATED_CONTENTION =
            Set.of(
                    "jakarta.persistence.OptimisticLockException",
                    "jakarta.persistence.PessimisticLockException",
                    "jakarta.persistence.LockTimeoutException",
                    "org.hibernate.StaleObjectStateException");

    /// A longer chain of causes is a circle.
    private static final int CAUSES_MAX = 50;

    private FailureClassifier() {}

    /// @throws VirtualMachineError if that is what it is, unless the stack overflowed, which is the
    ///   handler's doing. Nothing can be promised about a JVM without memory, least of all that its
    ///   verdict on an event is right, so the error goes on to end the listener; by then the
    ///   transaction is rolled back and nothing is acknowledged
    static Kind classify(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof VirtualMachineError error
                    && !(error instanceof StackOverflowError)) {
                throw error;
            }
            Kind kind = known(cause);
            if (kind != null) {
                return kind;
            }
            cause = cause.getCause();
        }
        return Kind.POISON;
    }

    private static @Nullable Kind known(Throwable cause) {
        if (cause instanceof SQLException sql && sql.getSQLState() != null) {
            return known(sql.getSQLState());
        }
        if (cause instanceof ConcurrencyFailureException
                || UNTRANSLATED_CONTENTION.contains(cause.getClass().getName())) {
            return Kind.CONTENTION;
        }
        if (cause instanceof SQLTransientConnectionException // the pool's time-out
                || cause instanceof SQLNonTransientConnectionException
                || cause instanceof SQLRecoverableException
                || cause instanceof CannotGetJdbcConnectionException
                || cause instanceof CannotCreateTransactionException
                || cause instanceof InterruptedException) {
            return Kind.INFRASTRUCTURE;
        }
        return null;
    }

    private static @Nullable Kind known(String sqlState) {
        if (CONTENTION_STATES.stream().anyMatch(sqlState::startsWith)) {
            return Kind.CONTENTION;
        }
        if (INFRASTRUCTURE_STATES.stream().anyMatch(sqlState::startsWith)) {
            return Kind.INFRASTRUCTURE;
        }
        return null;
    }
}
