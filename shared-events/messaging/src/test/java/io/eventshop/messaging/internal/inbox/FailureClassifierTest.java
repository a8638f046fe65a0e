package io.eventshop.messaging.internal.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.messaging.internal.inbox.FailureClassifier.Kind;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;

class FailureClassifierTest {

    @ParameterizedTest(name = "{0} {2} is {1}")
    @CsvSource({
        "08000, INFRASTRUCTURE, connection exception",
        "08006, INFRASTRUCTURE, connection failure",
        "53100, INFRASTRUCTURE, disk full",
        "53300, INFRASTRUCTURE, too many connections",
        "57P01, INFRASTRUCTURE, admin shutdown",
        "57P03, INFRASTRUCTURE, cannot connect now",
        "57014, INFRASTRUCTURE, statement timeout",
        "58030, INFRASTRUCTURE, I/O error",
        "25P03, INFRASTRUCTURE, idle in transaction timeout",
        "25P04, INFRASTRUCTURE, transaction timeout",
        "40001, CONTENTION, serialization failure",
        "40P01, CONTENTION, deadlock",
        "55P03, LOCKED, lock not available",
        "55000, POISON, object not in prerequisite state",
        "22021, POISON, character not in repertoire",
        "23505, POISON, unique violation",
        "23514, POISON, check violation",
        "25P02, POISON, failed transaction that was used on",
        "42P01, POISON, undefined table",
        "54000, POISON, limit exceeded",
        "P0001, POISON, raised by a function"
    })
    void an_sql_state_tells_whose_fault_it_is(String state, Kind kind, String name) {
        var wrapped = new TransactionSystemException("commit", new SQLException(name, state));

        assertThat(FailureClassifier.classify(new IllegalStateException(wrapped))).isEqualTo(kind);
    }

    @ParameterizedTest
    @MethodSource
    void without_a_state_the_kind_of_exception_tells(Throwable failure, Kind kind) {
        assertThat(FailureClassifier.classify(failure)).isEqualTo(kind);
    }

    static Stream<Arguments> without_a_state_the_kind_of_exception_tells() {
        return Stream.of(
                Arguments.of(
                        new CannotCreateTransactionException(
                                "pool", new SQLTransientConnectionException("timed out")),
                        Kind.INFRASTRUCTURE),
                Arguments.of(new CannotCreateTransactionException("closed"), Kind.INFRASTRUCTURE),
                Arguments.of(
                        new IllegalStateException(new InterruptedException()), Kind.INFRASTRUCTURE),
                Arguments.of(new OptimisticLockingFailureException("stale"), Kind.CONTENTION),
                Arguments.of(
                        // PostgreSQL's driver names the first error as the cause of the later ones.
                        new SQLException("aborted", "25P02", new SQLException("deadlock", "40P01")),
                        Kind.CONTENTION),
                Arguments.of(new UnexpectedRollbackException("marked"), Kind.POISON),
                Arguments.of(new DataIntegrityViolationException("no cause"), Kind.POISON),
                Arguments.of(
                        new TransactionSystemException(
                                "rollback", new SQLException("connection is closed")),
                        Kind.INFRASTRUCTURE),
                Arguments.of(new StackOverflowError(), Kind.POISON),
                Arguments.of(new AssertionError(), Kind.POISON),
                Arguments.of(new NoClassDefFoundError(), Kind.POISON));
    }

    @Test
    void a_circle_of_causes_ends() {
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second", first);
        first.initCause(second);

        assertThat(FailureClassifier.classify(first)).isEqualTo(Kind.POISON);
    }

    @Test
    void a_failed_rollback_does_not_hide_why_it_was_rolled_back() {
        var rollback = new TransactionSystemException("rollback", new SQLException("closed"));
        rollback.initApplicationException(new SQLException("deadlock", "40P01"));

        assertThat(FailureClassifier.classify(rollback)).isEqualTo(Kind.CONTENTION);
    }

    @Test
    void an_error_of_the_jvm_is_no_verdict() {
        var wrapped = new IllegalStateException(new OutOfMemoryError());
        var behindAnother = new SQLException("deadlock", "40P01", new OutOfMemoryError());

        assertThatThrownBy(() -> FailureClassifier.classify(wrapped))
                .isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> FailureClassifier.classify(behindAnother))
                .isInstanceOf(OutOfMemoryError.class);
    }
}
