package io.eventshop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Holds work to sending no statement to the database, by whatever library: the server tells when
/// the session was asked something last.
public final class Silence {

    private final JdbcClient jdbc;
    private final TransactionTemplate elsewhere;

    Silence(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.elsewhere = new TransactionTemplate(transactions);
        elsewhere.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /// @param work is done in the running transaction
    public void assertKeptBy(Runnable work) {
        int session = jdbc.sql("select pg_backend_pid()").query(Integer.class).single();
        var before = lastAsked(session);
        work.run();
        assertThat(lastAsked(session)).as("when the session was asked last").isEqualTo(before);
    }

    private OffsetDateTime lastAsked(int session) {
        return elsewhere.execute(_ ->
                jdbc.sql("select state_change from pg_stat_activity where pid = :session")
                        .param("session", session)
                        .query(OffsetDateTime.class)
                        .single());
    }
}
