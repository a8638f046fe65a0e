package io.eventshop.notifications.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The queue between the inbox, which writes notifications, and the dispatchers, which send them.
/// Each call is one short transaction; nothing is sent inside.
///
/// Whatever dies between taking and reporting costs a lease's time and perhaps a second copy of the
/// mail, never the mail.
@Service
public class MailQueue {

    /// So many domains do not share their users' mistakes.
    private static final int DOMAINS_OF_AN_OUTAGE = 5;

    private static final Logger log = LoggerFactory.getLogger(MailQueue.class);

    private final Notifications notifications;
    private final ApplicationEventPublisher commits;

    MailQueue(Notifications notifications, ApplicationEventPublisher commits) {
        this.notifications = notifications;
        this.commits = commits;
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
        Instant now = notifications.now();
        var mails = new ArrayList<Mail>();
        var due = new LinkedHashSet<Notification>();
        List<Notification> oldest = notifications.lockDue(now, countMax);
        if (oldest.size() == countMax) {
            due.addAll(notifications.lockNewest(now, countMax));
        }
        due.addAll(oldest);
        for (Notification notification : due) {
            notification
                    .lease(now, lease)
                    .ifPresentOrElse(
                            mails::add,
                            () -> log.warn("failed for good: {}", notification.failed()));
        }
        return new Taken(mails, due.size() - mails.size(), oldest.size() == countMax);
    }

    /// @return false if another dispatcher has sent it as well
    @Transactional
    public boolean sent(Mail mail) {
        return change(mail, Notification::sent);
    }

    /// The attempt came to nothing: make another, no sooner than after the delay.
    ///
    /// @return false if the lease had ended and another dispatcher has the mail
    @Transactional
    public boolean postpone(Mail mail, Duration delay, String reason) {
        return change(
                mail,
                (notification, now) ->
                        notification.postpone(mail.lease(), now.plus(delay), reason));
    }

    /// These mails were not tried after all; anyone may take them. Where a lease has ended, another
    /// dispatcher has the mail, and keeps it.
    @Transactional
    public void putBack(List<Mail> mails) {
        for (Mail mail : mails) {
            if (!change(mail, (it, _) -> it.putBack(mail.lease(), mail.dueAt()))) {
                log.warn("taken by another before it was tried: {}", mail);
            }
        }
    }

    /// No attempt will ever succeed.
    ///
    /// @return false if the lease had ended and another dispatcher has the mail
    @Transactional
    public boolean fail(Mail mail, String reason) {
        return change(mail, (notification, now) -> notification.fail(mail.lease(), reason, now));
    }

    /// The mail server has refused it for good. If it has given the same answer to recipients of
    /// five domains, for the first time, and taken nothing in between, the answer is about us: then
    /// this mail and all that it was given to are tried again, no sooner than after the delay,
    /// until one is taken. What is refused again after that is meant.
    ///
    /// Judged by what is written down, so it holds across threads, instances and crashes.
    @Transactional
    public Refusal refuse(Mail mail, String answer, Duration delay) {
        notifications.lockRefusals();
        if (!change(mail, (notification, now) -> notification.refuse(mail.lease(), answer, now))) {
            return Refusal.LATE;
        }
        if (!notifications.refusedAlike(answer, DOMAINS_OF_AN_OUTAGE)) {
            return Refusal.FAILED;
        }
        notifications.takeBackRefusals(answer, notifications.now().plus(delay));
        return Refusal.OUTAGE;
    }

    /// Sends a FAILED mail again, because a person says so.
    ///
    /// @return false if it is not FAILED, or its address was erased
    @Transactional
    public boolean sendAgain(UUID id) {
        return sendAgain(id, null) == 1;
    }

    /// Sends again all mails that are FAILED for this reason and whose address is still known.
    ///
    /// @return how many
    @Transactional
    public int sendAgain(String failure) {
        return sendAgain(null, failure);
    }

    private int sendAgain(@Nullable UUID id, @Nullable String failure) {
        int count = notifications.tryAgain(id, failure);
        commits.publishEvent(new MailsDue());
        return count;
    }

    /// The newest that are FAILED.
    @Transactional(readOnly = true)
    public List<FailedMail> listFailed(int countMax) {
        return notifications.listFailed(countMax).stream().map(Notification::failed).toList();
    }

    /// How many are FAILED, by reason, the most frequent first.
    @Transactional(readOnly = true)
    public Map<String, Long> countFailed() {
        return notifications.countFailed();
    }

    @Transactional(readOnly = true)
    public long countPending() {
        return notifications.countPending();
    }

    private boolean change(Mail mail, BiPredicate<Notification, Instant> change) {
        return change.test(notifications.lock(mail.id()), notifications.now());
    }
}
