package io.eventshop.notifications.notification.smtp;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The dispatcher's limits.
///
/// @param threads how many mails of this instance are on their way at once; a mail is a
///   conversation of several round trips
/// @param batch how many mails a thread takes at once, and twice as many while more are due: enough
///   to make the taking cheap, few enough that a crash delays little
/// @param lease how long a mail belongs to the thread that took it, so how late a mail may be after
///   a crash
/// @param conversationMax the slowest delivery: to connect and wait for seven answers, at the
///   time-outs of `spring.mail.properties`. No mail is started when less of its lease is left
/// @param poll how soon mails are seen that nobody woke this instance for: those that another
///   instance wrote, and those whose back-off has ended
/// @param backOffMin the pause of a thread that found no mail server, and the first one of a mail
///   that did not get through; a mail's doubles from failure to failure
/// @param serverBackOffMax how late a mail may be after the return of a mail server
/// @param mailBackOffMax how rarely a mail that is not accepted now may be tried again
/// @param stopMax how long a shutdown waits for the conversations that are under way
@ConfigurationProperties("eventshop.notifications.dispatcher")
record DispatcherProperties(
        @DefaultValue("2") int threads,
        @DefaultValue("20") int batch,
        @DefaultValue("60s") Duration lease,
        @DefaultValue("40s") Duration conversationMax,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("1s") Duration backOffMin,
        @DefaultValue("10s") Duration serverBackOffMax,
        @DefaultValue("10m") Duration mailBackOffMax,
        @DefaultValue("4s") Duration stopMax) {

    DispatcherProperties {
        if (threads < 1 || batch < 1) {
            throw new IllegalArgumentException("a dispatcher needs a thread and a batch");
        }
        if (conversationMax.compareTo(lease) >= 0) {
            throw new IllegalArgumentException(
                    "a lease of %s is over before a conversation of %s"
                            .formatted(lease, conversationMax));
        }
    }

    Duration mailBackOff(int attempts) {
        return backOff(attempts, mailBackOffMax);
    }

    Duration serverBackOff(int attempts) {
        return backOff(attempts, serverBackOffMax);
    }

    private Duration backOff(int attempts, Duration max) {
        int doublings = Math.clamp(attempts - 1L, 0, 20);
        Duration pause = backOffMin.multipliedBy(1L << doublings);
        return pause.compareTo(max) < 0 ? pause : max;
    }
}
