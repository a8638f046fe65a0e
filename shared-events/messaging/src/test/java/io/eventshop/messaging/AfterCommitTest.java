package io.eventshop.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

class AfterCommitTest {

    private final List<String> told = new ArrayList<>();
    private final TransactionTemplate transaction =
            new TransactionTemplate(new TransactionsOfNothing(() -> told.add("commit")));

    @AfterEach
    void forgetNames() {
        MDC.clear();
    }

    @Test
    void work_runs_once_and_after_the_commit() {
        transaction.executeWithoutResult(_ -> {
            AfterCommit.run(() -> told.add("first"));
            AfterCommit.run(() -> told.add("second"));
            told.add("decided");
        });
        transaction.executeWithoutResult(_ -> {});

        assertThat(told).containsExactly("decided", "commit", "first", "second", "commit");
    }

    @Test
    void after_a_rollback_nothing_is_told() {
        transaction.executeWithoutResult(status -> {
            AfterCommit.run(() -> told.add("told"));
            status.setRollbackOnly();
        });

        assertThat(told).isEmpty();
    }

    @Test
    void work_runs_under_the_names_that_it_was_registered_with() {
        MDC.put("orderId", "outside");
        transaction.executeWithoutResult(_ -> {
            try (var _ = MDC.putCloseable("eventId", "7")) {
                AfterCommit.run(() -> told.add(MDC.get("eventId") + " " + MDC.get("orderId")));
            }
            MDC.put("orderId", "later");
        });

        assertThat(told).containsExactly("commit", "7 outside");
        assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("orderId");
        assertThat(MDC.get("orderId")).isEqualTo("later");
    }

    @Test
    void a_failure_neither_fails_the_caller_nor_silences_the_others() {
        transaction.executeWithoutResult(_ -> {
            AfterCommit.run(() -> {
                throw new IllegalStateException("as a test");
            });
            AfterCommit.run(() -> told.add("told"));
        });

        assertThat(told).containsExactly("commit", "told");
    }

    @Test
    void without_a_transaction_there_is_no_commit_to_wait_for() {
        assertThatIllegalStateException().isThrownBy(() -> AfterCommit.run(() -> told.add("told")));
    }

    /// Spring's own life of a transaction, around none.
    private static final class TransactionsOfNothing extends AbstractPlatformTransactionManager {

        private static final long serialVersionUID = 1L;

        private final transient Runnable commit;

        TransactionsOfNothing(Runnable commit) {
            this.commit = commit;
        }

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            commit.run();
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
