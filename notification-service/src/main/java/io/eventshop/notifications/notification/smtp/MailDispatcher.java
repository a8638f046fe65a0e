package io.eventshop.notifications.notification.smtp;

import io.eventshop.messaging.DatabaseReading;
import io.eventshop.notifications.notification.Mail;
import io.eventshop.notifications.notification.MailQueue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
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
/// - **No server:** the mail that was tried waits its back-off (it may be what the server dies of),
///   the others go back as if untouched. There is no last attempt.
@Component
class MailDispatcher {

    /// What a pass found.
    enum Pass {
        /// The queue may hold more.
        FULL,
        /// Nothing else was due.
        DRAINED,
        /// Nobody to talk to: the next pass would fare the same.
        UNREACHABLE
    }

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
        List<Mail> mails = queue.take(limits.batch(), limits.lease());
        for (int i = 0; i < mails.size(); i++) {
            if (stopping.getAsBoolean() || System.nanoTime() - lastStart > 0) {
                putBack(mails.subList(i, mails.size()));
                return Pass.FULL;
            }
            if (!send(mails.get(i))) {
                putBack(mails.subList(i + 1, mails.size()));
                return Pass.UNREACHABLE;
            }
        }
        return mails.size() == limits.batch() ? Pass.FULL : Pass.DRAINED;
    }

    /// @return false if there was no server to talk to
    private boolean send(Mail mail) {
        if (mail.orderId() != null) {
            MDC.put("orderId", mail.orderId().toString());
        }
        try (var _ = MDC.putCloseable("correlationId", mail.correlationId())) {
            Outcome outcome = postman.deliver(mail);
            report(mail, outcome);
            return !(outcome instanceof Outcome.Unreachable);
        } finally {
            MDC.remove("orderId");
        }
    }

    private void report(Mail mail, Outcome outcome) {
        switch (outcome) {
            case Outcome.Sent() -> {
                if (queue.sent(mail)) {
                    sent.increment();
                    log.info("sent: {}", mail);
                } else {
                    log.warn("sent more than once: {}", mail);
                }
            }
            case Outcome.Refused(String reason) -> {
                if (queue.fail(mail, reason)) {
                    failed.increment();
                    log.warn("failed for good, {}: {}", reason, mail);
                }
            }
            case Outcome.Deferred(String reason) -> postpone(mail, reason);
            case Outcome.Unreachable(String reason) -> postpone(mail, reason);
        }
    }

    private void postpone(Mail mail, String reason) {
        if (queue.postpone(mail, limits.mailBackOff(mail.attempt()), reason)) {
            log.info("postponed, {}: {}", reason, mail);
        }
    }

    private void putBack(List<Mail> mails) {
        for (Mail mail : mails) {
            if (!queue.putBack(mail)) {
                log.warn("taken by another before it was tried: {}", mail);
            }
        }
    }
}
