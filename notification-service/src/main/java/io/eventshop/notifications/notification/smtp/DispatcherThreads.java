package io.eventshop.notifications.notification.smtp;

import io.eventshop.notifications.notification.MailsDue;
import io.eventshop.notifications.notification.smtp.MailDispatcher.Pass;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/// Keeps the dispatcher running: pass after pass while there is work, then until a commit wakes it
/// or the poll is due. Nothing ends a thread but the end of the service.
///
/// A stop lets the mail that is on its way arrive, and puts the rest of the batch back. A
/// conversation that takes longer than the stop may is abandoned; its mail is sent again.
@Component
class DispatcherThreads implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DispatcherThreads.class);

    /// How long a shutdown waits for the conversations that are under way: most end in less, and
    /// the rest of a shutdown has to fit into the grace period of whatever stops the service.
    private static final Duration STOP_MAX = Duration.ofSeconds(4);

    private final MailDispatcher dispatcher;
    private final DispatcherProperties limits;
    private volatile boolean running;
    private volatile List<Thread> threads = List.of();

    DispatcherThreads(MailDispatcher dispatcher, DispatcherProperties limits) {
        this.dispatcher = dispatcher;
        this.limits = limits;
    }

    @Override
    public void start() {
        running = true;
        threads =
                IntStream.rangeClosed(1, limits.threads())
                        .mapToObj(i -> Thread.ofPlatform().name("mails-" + i).daemon())
                        .map(thread -> thread.start(this::run))
                        .toList();
    }

    /// Called after the commit; only unparks, as the committing thread still holds its connection.
    @TransactionalEventListener
    void wake(MailsDue due) {
        threads.forEach(LockSupport::unpark);
    }

    private void run() {
        while (running) {
            switch (pass()) {
                case FULL -> {}
                case DRAINED -> LockSupport.parkNanos(limits.pollInterval().toNanos());
                case OUTAGE -> pauseUndisturbed(limits.retryDelayMin());
            }
        }
    }

    /// A failure here is the database's: what was taken comes back when its lease ends.
    private Pass pass() {
        try {
            return dispatcher.dispatch(() -> !running);
        } catch (RuntimeException e) {
            log.warn("mails wait, because their queue cannot be reached", e);
            return Pass.OUTAGE;
        }
    }

    /// New mails do not shorten it: under load they would turn a back-off into a hail of attempts.
    private void pauseUndisturbed(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); running && left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void stop() {
        running = false;
        threads.forEach(LockSupport::unpark);
        long end = System.nanoTime() + STOP_MAX.toNanos();
        for (Thread thread : threads) {
            if (!hasEnded(thread, Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                log.warn("{} is still talking to the mail server; its mail is sent again", thread);
            }
        }
        threads = List.of();
    }

    private static boolean hasEnded(Thread thread, Duration waitMax) {
        try {
            return thread.join(waitMax);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
