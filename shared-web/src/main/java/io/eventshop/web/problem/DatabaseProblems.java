package io.eventshop.web.problem;

import io.eventshop.messaging.database.SqlFault;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionTimedOutException;

/// Tells by the whole chain of causes, and by SQLState rather than by the class of a framework: the
/// same lost connection arrives in a dozen wrappings.
final class DatabaseProblems {

    private DatabaseProblems() {}

    /// Empty where the database is not the reason.
    static Optional<Problem> of(Throwable thrown) {
        return Causes.all(thrown).flatMap(cause -> Stream.ofNullable(ofOne(cause))).findFirst();
    }

    private static @Nullable Problem ofOne(Throwable cause) {
        return switch (cause) {
            case ConcurrencyFailureException _ -> conflict();
            case CannotCreateTransactionException _ -> unavailable();
            case TransactionTimedOutException _ -> unavailable();
            case DataAccessResourceFailureException _ -> unavailable();
            case QueryTimeoutException _ -> unavailable();
            case SQLTransientConnectionException _ -> unavailable();
            case SQLException e -> ofState(e.getSQLState());
            default -> null;
        };
    }

    private static @Nullable Problem ofState(@Nullable String state) {
        return switch (SqlFault.of(state)) {
            case LOCK, CONTENTION -> conflict();
            case SERVER, SESSION -> unavailable();
            case STATEMENT -> ofStatement(state);
        };
    }

    private static @Nullable Problem ofStatement(@Nullable String state) {
        return switch (state) {
            // A unique key that another request took between our look and our insert.
            case "23505" -> conflict();
            // Characters that the database cannot keep, above all NUL, past all checks.
            case "22021", "22P05" -> Problem.of(CommonProblem.INVALID_TEXT);
            case null, default -> null;
        };
    }

    private static Problem conflict() {
        return Problem.of(CommonProblem.CONCURRENT_CHANGE)
                .detail("Read it again and decide again.");
    }

    private static Problem unavailable() {
        return Problem.of(CommonProblem.TEMPORARILY_UNAVAILABLE)
                .detail(
                        "The same request may succeed later. Whether it has changed anything is"
                                + " not known; repeated with the same Idempotency-Key, it does so"
                                + " once.")
                .retryLater();
    }
}
