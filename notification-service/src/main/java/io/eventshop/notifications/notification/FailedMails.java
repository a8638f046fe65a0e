package io.eventshop.notifications.notification;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The notifications that are FAILED, for the person on call, who may have them sent again.
@Service
public class FailedMails {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher commits;

    FailedMails(JdbcClient jdbc, ApplicationEventPublisher commits) {
        this.jdbc = jdbc;
        this.commits = commits;
    }

    /// The newest.
    List<FailedMail> list(int countMax) {
        return jdbc.sql(
                        """
                        select *, erased_at is null as address_known
                        from notification
                        where status = 'FAILED'
                        order by failed_at desc nulls last, id
                        limit :countMax
                        """)
                .param("countMax", countMax)
                .query(new SimplePropertyRowMapper<>(FailedMail.class))
                .list();
    }

    /// How many, by reason, the most frequent first.
    Map<String, Long> count() {
        var counts = new LinkedHashMap<String, Long>();
        jdbc.sql(
                        """
                        select failure, count(*) as number
                        from notification
                        where status = 'FAILED'
                        group by failure
                        order by number desc, failure
                        """)
                .query(row -> {
                    counts.put(row.getString("failure"), row.getLong("number"));
                });
        return counts;
    }

    /// Sends one again, because a person says so.
    ///
    /// @return false if it is not FAILED, or its address was erased
    @Transactional
    public boolean sendAgain(UUID id) {
        return sendAgain("id = :which", id) == 1;
    }

    /// Sends again all that are FAILED for this reason and whose address is still known.
    ///
    /// @return how many
    @Transactional
    public int sendAgain(String failure) {
        return sendAgain("failure = :which", failure);
    }

    private int sendAgain(String condition, Object which) {
        int count =
                jdbc.sql(
                                """
                                update notification
                                set status = 'PENDING', due_at = now(), attempts = 0, refused_at = null
                                where status = 'FAILED'
                                  and erased_at is null
                                  and %s
                                """
                                        .formatted(condition))
                        .param("which", which)
                        .update();
        commits.publishEvent(new MailsDue());
        return count;
    }
}
