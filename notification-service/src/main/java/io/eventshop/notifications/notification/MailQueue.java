package io.eventshop.notifications.notification;

import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.messaging.AfterCommit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The queue between the inbox, which writes notifications, and the dispatchers, which send them:
/// the notifications that are PENDING. Each call is one short transaction; nothing is sent inside.
///
/// `due_at` is both lease and back-off: a PENDING notification may be taken by any dispatcher once
/// that time has come, and taking it moves the time on. So a dispatcher that dies needs no cleaning
/// up after, and its mail is sent by another when the lease ends. All times are of the database's
/// clock: those of the instances may differ.
///
/// Whatever dies between taking and reporting costs a lease's time and perhaps a second copy of the
/// mail, never the mail.
@Service
public class MailQueue {

    /// Makes a mail FAILED, for a `:reason`.
    private static final String FAIL = "status = 'FAILED', failure = :reason, failed_at = now()";

    private static final Logger log = LoggerFactory.getLogger(MailQueue.class);

    private final JdbcClient jdbc;
    private final Refusals refusals;

    MailQueue(JdbcClient jdbc, Refusals refusals) {
        this.jdbc = jdbc;
        this.refusals = refusals;
    }

    /// What a dispatcher got from the queue.
    ///
    /// @param unsendable how many were due as well, and are FAILED because mail cannot be sent to
    ///   their address
    /// @param more whether others may be due
    public record Taken(List<Mail> mails, int unsendable, boolean more) {}

    /// What became of a refusal.
    public enum Refusal {
        FAILED,
        /// The mail server refuses everybody. Nothing is FAILED because of that.
        OUTAGE,
        /// The lease had ended and another dispatcher has the mail.
        LATE
    }

    /// Takes mails that are due. They are the caller's until the lease ends.
    ///
    /// First attempts go first, so however many mails are tried again, they delay no new one. Where
    /// more are due than are asked for, as many again of the newest are taken, and tried before the
    /// others: so whatever has gathered, and however slowly it fails, a mail that comes now leaves
    /// now, and none is left lying.
    ///
    /// An address that mail cannot be sent to ends here: it costs nobody an attempt.
    @Transactional
    public Taken take(int countMax, Duration lease) {
        var due = new LinkedHashSet<Due>();
        List<Due> oldest = lockDue("order by attempts > 0, due_at", countMax, lease);
        if (oldest.size() == countMax) {
            due.addAll(lockDue("and not (attempts > 0)\norder by due_at desc", countMax, lease));
        }
        due.addAll(oldest);
        var mails = due.stream().map(Due::mail).filter(Objects::nonNull).toList();
        var unsendable = due.stream().filter(it -> it.mail() == null).map(Due::id).toList();
        lease(mails, lease);
        failUnsendable(unsendable);
        return new Taken(mails, unsendable.size(), oldest.size() == countMax);
    }

    /// @param mail null if mail cannot be sent to its recipient
    private record Due(UUID id, @Nullable Mail mail) {}

    /// Passes over those that another dispatcher is taking right now. Mails have no order among
    /// each other.
    private List<Due> lockDue(String order, int countMax, Duration lease) {
        return jdbc.sql(
                        """
                        select *, now() + cast(:lease as interval) as lease
                        from notification
                        where status = 'PENDING'
                          and due_at <= now()
                        %s
                        limit :countMax
                        for update skip locked
                        """
                                .formatted(order))
                .param("lease", lease.toString())
                .param("countMax", countMax)
                .query((row, _) -> due(row))
                .list();
    }

    private static Due due(ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var recipient = new EmailAddress(row.getString("recipient")).deliverable();
        return new Due(
                id,
                recipient.isEmpty()
                        ? null
                        : new Mail(
                                id,
                                row.getInt("attempts") + 1,
                                row.getTimestamp("due_at").toInstant(),
                                row.getTimestamp("lease").toInstant(),
                                NotificationKind.valueOf(row.getString("kind")),
                                row.getObject("order_id", UUID.class),
                                recipient.get(),
                                row.getString("subject"),
                                row.getString("body"),
                                row.getString("correlation_id")));
    }

    private void lease(List<Mail> mails, Duration lease) {
        if (!mails.isEmpty()) {
            jdbc.sql(
                            """
                            update notification
                            set attempts = attempts + 1, due_at = now() + cast(:lease as interval)
                            where id in (:ids)
                            """)
                    .param("lease", lease.toString())
                    .param("ids", mails.stream().map(Mail::id).toList())
                    .update();
        }
    }

    private void failUnsendable(List<UUID> ids) {
        if (!ids.isEmpty()) {
            jdbc.sql(
                            """
                            update notification
                            set attempts = attempts + 1, %s
                            where id in (:ids)
                            returning *, erased_at is null as address_known
                            """
                                    .formatted(FAIL))
                    .param("reason", "mail cannot be sent to the address")
                    .param("ids", ids)
                    .query(new SimplePropertyRowMapper<>(FailedMail.class))
                    .list()
                    .forEach(each -> AfterCommit.run(() -> log.warn("failed for good: {}", each)));
        }
    }

    /// The mail server took it. That is so no matter who holds the lease by now.
    ///
    /// @return false if another dispatcher has sent it as well
    @Transactional
    public boolean sent(Mail mail) {
        return jdbc.sql(
                                """
                                update notification
                                set status = 'SENT', sent_at = now(), failure = null
                                where id = :id
                                  and status = 'PENDING'
                                """)
                        .param("id", mail.id())
                        .update()
                == 1;
    }

    /// The attempt came to nothing: make another, no sooner than after the delay.
    ///
    /// @return false if the lease had ended and another dispatcher has the mail
    @Transactional
    public boolean postpone(Mail mail, Duration delay, String reason) {
        return underLease(
                mail,
                "due_at = now() + cast(:delay as interval), failure = :reason",
                Map.of("delay", delay.toString(), "reason", reason));
    }

    /// These mails were not tried after all, and it is as if they had stayed in the queue; anyone
    /// may take them. Each keeps its place, or what is put back again and again would pass for the
    /// newest, see [#take]. Where a lease has ended, another dispatcher has the mail, and keeps it.
    @Transactional
    public void putBack(List<Mail> mails) {
        for (Mail mail : mails) {
            boolean isBack =
                    underLease(
                            mail,
                            "attempts = attempts - 1, due_at = :wasDue",
                            Map.of("wasDue", Timestamp.from(mail.dueAt())));
            if (!isBack) {
                log.warn("taken by another before it was tried: {}", mail);
            }
        }
    }

    /// No attempt will ever succeed.
    ///
    /// @return false if the lease had ended and another dispatcher has the mail
    @Transactional
    public boolean fail(Mail mail, String reason) {
        return underLease(mail, FAIL, Map.of("reason", reason));
    }

    /// The mail server has refused it for good. If it has given the same answer to recipients of
    /// five domains, for the first time, and taken nothing in between, the answer is about us: then
    /// this mail and all that it was given to are tried again, no sooner than after the delay,
    /// until one is taken. What is refused again after that is meant.
    ///
    /// Judged by what is written down, so it holds across threads, instances and crashes.
    @Transactional
    public Refusal refuse(Mail mail, String answer, Duration delay) {
        refusals.lock();
        boolean refused =
                underLease(
                        mail,
                        FAIL + ", refused_at = coalesce(refused_at, now())",
                        Map.of("reason", answer));
        if (!refused) {
            return Refusal.LATE;
        }
        if (!refusals.areAboutUs(answer)) {
            return Refusal.FAILED;
        }
        refusals.takeBack(answer, delay);
        return Refusal.OUTAGE;
    }

    public long countPending() {
        return jdbc.sql("select count(*) from notification where status = 'PENDING'")
                .query(Long.class)
                .single();
    }

    /// A change that is made only as long as the mail's lease holds; once it is lost, another
    /// dispatcher's word counts. The end of a lease names it: nobody else was given the same time,
    /// because a mail cannot be taken twice at once.
    private boolean underLease(Mail mail, String change, Map<String, ?> parameters) {
        return jdbc.sql(
                                """
                                update notification
                                set %s
                                where id = :id
                                  and status = 'PENDING'
                                  and due_at = :lease
                                """
                                        .formatted(change))
                        .param("id", mail.id())
                        .param("lease", Timestamp.from(mail.lease()))
                        .params(parameters)
                        .update()
                == 1;
    }
}
