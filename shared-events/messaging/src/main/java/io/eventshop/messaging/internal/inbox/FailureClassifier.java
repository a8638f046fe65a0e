package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.database.SqlFault;
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
        /// Waited in vain for a lock that another transaction holds, and may hold for long.
        LOCKED,
        /// Lost against another transaction; the same again is likely to succeed.
        CONTENTION,
        /// The connection or what it stands for; says nothing about the event, and ends by itself,
        /// unless the event is what brings connections down.
        INFRASTRUCTURE,
        /// The database server takes nothing of this kind from anybody: it is read-only or full.
        SERVER,
        /// The event, or what the handler makes of it.
        POISON
    }

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
        // To the end of the chain, where such an error may be.
        var kinds = causes(failure).stream().flatMap(cause -> known(cause).stream()).toList();
        // What Spring and Hibernate wrap around a lock timeout is what they wrap around any lost
        // race; and a server that refuses may lie below a transaction that could not begin.
        if (kinds.contains(Kind.LOCKED)) {
            return Kind.LOCKED;
        }
        if (kinds.contains(Kind.SERVER)) {
            return Kind.SERVER;
        }
        return kinds.isEmpty() ? Kind.POISON : kinds.getFirst();
    }

    /// The failure's chain of causes, down to the first of all, headed by what a failed rollback
    /// has hidden.
    static List<Throwable> causes(Throwable failure) {
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

    /// Empty where this cause tells nothing.
    private static Optional<Kind> known(Throwable cause) {
        return switch (cause) {
            case StackOverflowError _ -> Optional.empty();
            case VirtualMachineError error -> throw error;
            case SQLException sql -> known(SqlFault.of(sql.getSQLState()));
            case ConcurrencyFailureException _ -> Optional.of(Kind.CONTENTION);
            case CannotGetJdbcConnectionException _,
                    CannotCreateTransactionException _,
                    InterruptedException _ ->
                    Optional.of(Kind.INFRASTRUCTURE);
            default ->
                    UNTRANSLATED_CONTENTION.contains(cause.getClass().getName())
                            ? Optional.of(Kind.CONTENTION)
                            : Optional.empty();
        };
    }

    private static Optional<Kind> known(SqlFault fault) {
        return switch (fault) {
            case LOCK -> Optional.of(Kind.LOCKED);
            case CONTENTION -> Optional.of(Kind.CONTENTION);
            case SERVER -> Optional.of(Kind.SERVER);
            case SESSION -> Optional.of(Kind.INFRASTRUCTURE);
            case STATEMENT -> Optional.empty();
        };
    }
}
