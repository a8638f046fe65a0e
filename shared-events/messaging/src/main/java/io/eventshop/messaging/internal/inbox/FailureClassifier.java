package io.eventshop.messaging.internal.inbox;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

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
        var causes = causes(failure);
        for (Throwable cause : causes) {
            if (cause instanceof VirtualMachineError error
                    && !(error instanceof StackOverflowError)) {
                throw error;
            }
        }
        return causes.stream()
                .map(FailureClassifier::known)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(Kind.POISON);
    }

    /// The failure's chain of causes, headed by what a failed rollback has hidden.
    private static List<Throwable> causes(Throwable failure) {
        var causes = new ArrayList<Throwable>();
        if (failure instanceof TransactionSystemException rollback
                && rollback.getApplicationException() != null) {
            causes.addAll(causes(rollback.getApplicationException()));
        }
        Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(CAUSES_MAX)
                .forEach(causes::add);
        return causes;
    }

    private static Optional<Kind> known(Throwable cause) {
        if (cause instanceof SQLException sql) {
            // The server always tells a state; without one it is the driver's or the pool's
            // trouble.
            return sql.getSQLState() == null
                    ? Optional.of(Kind.INFRASTRUCTURE)
                    : known(sql.getSQLState());
        }
        if (cause instanceof ConcurrencyFailureException
                || UNTRANSLATED_CONTENTION.contains(cause.getClass().getName())) {
            return Optional.of(Kind.CONTENTION);
        }
        if (cause instanceof CannotGetJdbcConnectionException
                || cause instanceof CannotCreateTransactionException
                || cause instanceof InterruptedException) {
            return Optional.of(Kind.INFRASTRUCTURE);
        }
        return Optional.empty();
    }

    private static Optional<Kind> known(String sqlState) {
        if (CONTENTION_STATES.stream().anyMatch(sqlState::startsWith)) {
            return Optional.of(Kind.CONTENTION);
        }
        if (INFRASTRUCTURE_STATES.stream().anyMatch(sqlState::startsWith)) {
            return Optional.of(Kind.INFRASTRUCTURE);
        }
        return Optional.empty();
    }
}
