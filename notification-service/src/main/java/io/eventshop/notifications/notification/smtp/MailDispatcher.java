package io.eventshop.notifications.notification.smtp;

import io.eventshop.messaging.database.DatabaseReading;
import io.eventshop.notifications.notification.Mail;
import io.eventshop.notifications.notification.MailQueue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/// Sends what is in the queue: takes a batch, sends mail by mail outside any transaction, reports
/// each as soon as its fate is known.
///
/// - **Dead before a mail was sent:** its lease ends and another thread sends it.
/// - **Dead after it was sent, before that was reported:** its lease ends and it is sent again
///   under the same Message-ID. SMTP has no transaction to share; that is why mails are
///   at-least-once.
/// - **Slow:** no mail is started that could outlast its lease, so no two threads send the same one
///   at once.
/// - **No server, or one that lets us send nothing:** one other mail is tried, because it may be
///   the first that the server dies of. Then both wait for their next attempt, and the others go
///   back as if untouched. There is no last attempt.
/// - **Refused for good:** FAILED, unless the same answer was given to everybody, see
///   [MailQueue#refuse].
@Component
class MailDispatcher {

    /// What a pass found.
    enum Pass {
        /// The queue may hold more.
        FULL,
        /// Nothing else was due.
        DRAINED,
        /// Nobody to talk to, or nobody who listens: the next pass would fare the same.
        OUTAGE
    }

    /// How many mails a thread takes at once, and twice as many while more are due: enough to make
    /// the taking cheap, few enough that a crash delays little.
    private static final int BATCH = 20;

    private static final Logger log = LoggerFactory.getLogger(MailDispatcher.class);

    private final MailQueue queue;
    private final Postman postman;
    private final DispatcherProperties limits;
    private final Counter sent;
    private final Counter failed;

    MailDispatcher(
            MailQueue queue, Postman postman, DispatcherProperties limits, MeterRegistry meters) {
        this.queue = queue;
        this.postman = postman;
        this.limits = limits;
        this.sent = meters.counter("eventshop.notifications.sent");
        this.failed = meters.counter("eventshop.notifications.failed");
        var pending = new DatabaseReading<>(queue::countPending);
        Gauge.builder("eventshop.notifications.pending", () -> pending.value(Long::doubleValue))
                .strongReference(true)
                .register(meters);
    }

    /// @param stopping asked before each mail; the rest goes back to the queue
    Pass dispatch(BooleanSupplier stopping) {
        // Read before the lease begins, so that this clock never believes in a longer one.
        long lastStart =
                System.nanoTime() + limits.lease().minus(limits.conversationMax()).toNanos();
        MailQueue.Taken taken = queue.take(BATCH, limits.lease());
        failed.increment(taken.unsendable());
        List<Mail> mails = taken.mails();
        boolean suspected = false;
        for (int i = 0; i < mails.size(); i++) {
            if (stopping.getAsBoolean() || System.nanoTime() - lastStart > 0) {
                queue.putBack(mails.subList(i, mails.size()));
                return Pass.FULL;
            }
            boolean outage = !send(mails.get(i));
            if (outage && suspected) {
                queue.putBack(mails.subList(i + 1, mails.size()));
                return Pass.OUTAGE;
            }
            suspected = outage;
        }
        return taken.more() ? Pass.FULL : Pass.DRAINED;
    }

    /// @return false if it looks as if no other mail could be sent either
    private boolean send(Mail mail) {
        try (var _ = MDC.putCloseable("correlationId", mail.correlationId());
                var _ = MDC.putCloseable("orderId", Objects.toString(mail.orderId(), ""))) {
            return report(mail, postman.deliver(mail));
        }
    }

    private boolean report(Mail mail, Outcome outcome) {
        switch (outcome) {
            case Outcome.Sent() -> {
                if (queue.sent(mail)) {
                    sent.increment();
                    log.info("sent: {}", mail);
                } else {
                    log.warn("sent more than once: {}", mail);
                }
            }
            case Outcome.Deferred(String reason) -> postpone(mail, limits.retryDelayMax(), reason);
            case Outcome.Unsendable(String reason) -> {
                if (queue.fail(mail, reason)) {
                    countFailed(mail, reason);
                }
            }
            case Outcome.Refused(String answer) -> {
                return refuse(mail, answer);
            }
            case Outcome.Outage(String reason) -> {
                postpone(mail, limits.outageRetryDelayMax(), reason);
                return false;
            }
        }
        return true;
    }

    private boolean refuse(Mail mail, String answer) {
        Duration delay = limits.retryDelay(mail.attempt(), limits.outageRetryDelayMax());
        switch (queue.refuse(mail, answer, delay)) {
            case FAILED -> countFailed(mail, answer);
            case OUTAGE -> {
                log.warn("{}, to everybody: all of them are tried again, and {}", answer, mail);
                return false;
            }
            case LATE -> log.warn("refused after its lease had ended: {}", mail);
        }
        return true;
    }

    private void countFailed(Mail mail, String reason) {
        failed.increment();
        log.warn("failed for good, {}: {}", reason, mail);
    }

    private void postpone(Mail mail, Duration delayMax, String reason) {
        if (queue.postpone(mail, limits.retryDelay(mail.attempt(), delayMax), reason)) {
            log.info("postponed, {}: {}", reason, mail);
        }
    }
}
