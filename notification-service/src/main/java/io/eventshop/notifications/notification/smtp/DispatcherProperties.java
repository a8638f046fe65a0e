package io.eventshop.notifications.notification.smtp;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The dispatcher's limits.
///
/// @param threads how many mails of this instance are on their way at once; a mail is a
///   conversation of several round trips. Change it when mails wait although their server has time.
/// @param lease how long a mail belongs to the thread that took it, so how late a mail may be after
///   a crash. Change it together with `conversation-max`, which has to end well before.
/// @param conversationMax the slowest delivery: to connect and wait for seven answers, at the
///   time-outs of `spring.mail.properties`. No mail is started when less of its lease is left.
///   Change it when those time-outs change, because the mail server is slow.
/// @param pollInterval how soon mails are seen that nobody woke this instance for: those that
///   another instance wrote, and those whose next attempt is due. Change it when many instances ask
///   the database too often.
/// @param retryDelayMin the pause of a thread that found no mail server, and the first one of a
///   mail that did not get through; a mail's doubles from failure to failure. Change it when the
///   mail server objects to being asked again so soon.
/// @param retryDelayMax how rarely a mail that is not accepted now may be tried again. Change it
///   when recipients' servers take longer to accept a mail from a sender they do not know.
/// @param outageRetryDelayMax how late a mail may be after the return of a mail server. Change it
///   when the outages of the mail server are long and the attempts disturb it.
@ConfigurationProperties("eventshop.notifications.dispatcher")
record DispatcherProperties(
        @DefaultValue("2") int threads,
        @DefaultValue("60s") Duration lease,
        @DefaultValue("40s") Duration conversationMax,
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue("1s") Duration retryDelayMin,
        @DefaultValue("10m") Duration retryDelayMax,
        @DefaultValue("10s") Duration outageRetryDelayMax) {

    DispatcherProperties {
        if (threads < 1) {
            throw new IllegalArgumentException("a dispatcher needs a thread");
        }
        if (conversationMax.compareTo(lease) >= 0) {
            throw new IllegalArgumentException(
                    "a lease of %s is over before a conversation of %s"
                            .formatted(lease, conversationMax));
        }
    }

    /// The pause after so many attempts.
    Duration retryDelay(int attempts, Duration max) {
        int doublings = Math.clamp(attempts - 1L, 0, 20);
        Duration pause = retryDelayMin.multipliedBy(1L << doublings);
        return pause.compareTo(max) < 0 ? pause : max;
    }
}
