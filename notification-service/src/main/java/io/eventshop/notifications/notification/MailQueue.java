package io.eventshop.notifications.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiPredicate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The queue between the inbox, which writes notifications, and the dispatchers, which send them.
/// Each call is one short transaction; nothing is sent inside.
///
/// Whatever dies between taking and reporting costs a lease's time and perhaps a second copy of the
/// mail, never the mail.
@Service
public class MailQueue {

    private final Notifications notifications;

    MailQueue(Notifications notifications) {
        this.notifications = notifications;
    }

    /// Takes the mails that have been due for longest. They are the caller's until the lease ends.
    @Transactional
    public List<Mail> take(int countMax, Duration lease) {
        Instant now = notifications.now();
        return notifications.lockDue(now, countMax).stream()
                .map(notification -> notification.lease(now, lease))
                .toList();
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

    /// The mail was not tried after all; anyone may take it.
    ///
    /// @return false if the lease had ended and another dispatcher has the mail
    @Transactional
    public boolean putBack(Mail mail) {
        return change(mail, (notification, now) -> notification.putBack(mail.lease(), now));
    }

    /// No attempt will ever succeed.
    ///
    /// @return false if the lease had ended and another dispatcher has the mail
    @Transactional
    public boolean fail(Mail mail, String reason) {
        return change(mail, (notification, _) -> notification.fail(mail.lease(), reason));
    }

    @Transactional(readOnly = true)
    public long countPending() {
        return notifications.countPending();
    }

    private boolean change(Mail mail, BiPredicate<Notification, Instant> change) {
        return change.test(notifications.lock(mail.id()), notifications.now());
    }
}
