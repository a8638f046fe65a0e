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
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;

class FailureClassifierTest {

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
                        // Hikari's names the state of its last attempt to connect.
                        new CannotCreateTransactionException(
                                "pool", new SQLTransientConnectionException("full", "53300")),
                        Kind.SERVER),
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
