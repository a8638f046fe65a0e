package io.eventshop.notifications.notification;

import java.sql.Timestamp;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What the mail server has refused for good, as far as it tells bad addresses from an outage.
@Repository
class Refusals {

    /// So many domains do not share their users' mistakes.
    private static final int DOMAINS_OF_AN_OUTAGE = 5;

    private final JdbcClient jdbc;

    Refusals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Lets refusals be written down one at a time, until the transaction ends: each has to see
    /// those before it.
    void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('notification refusals'))").query(_ -> {});
    }

    /// Whether the mail server has given this answer to recipients of so many domains since it took
    /// a mail: then it is not about them. Those that it had refused before that say nothing, or
    /// five dead addresses would look like an outage each time that they are tried again.
    boolean areAboutUs(String answer) {
        return jdbc.sql(
                                """
                                select count(distinct lower(substring(recipient from '[^@]*$')))
                                from notification
                                where failure = :answer
                                  and failed_at > :lastSent
                                  and refused_at > :lastSent
                                """)
                        .param("answer", answer)
                        .param("lastSent", lastSent())
                        .query(Integer.class)
                        .single()
                >= DOMAINS_OF_AN_OUTAGE;
    }

    /// Makes PENDING again what was refused so since the mail server took a mail, due after the
    /// delay.
    void takeBack(String answer, Duration delay) {
        jdbc.sql(
                        """
                        update notification
                        set status = 'PENDING', due_at = now() + cast(:delay as interval)
                        where status = 'FAILED'
                          and erased_at is null
                          and failure = :answer
                          and failed_at > :lastSent
                        """)
                .param("delay", delay.toString())
                .param("answer", answer)
                .param("lastSent", lastSent())
                .update();
    }

    private Timestamp lastSent() {
        return jdbc.sql("select coalesce(max(sent_at), to_timestamp(0)) from notification")
                .query(Timestamp.class)
                .single();
    }
}
