package io.eventshop.web.limits;

import io.eventshop.web.WebProperties;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/// Bounds how many requests are worked on at once. Virtual threads have removed the bound that
/// Tomcat's pool was, and without one a slow database turns a burst into thousands of requests that
/// all fail late. Who finds no place within a short wait gets 503 and `Retry-After` while the rest
/// goes on at full speed.
///
/// How short depends: a burst is waited out. But once somebody has waited in vain, the queue is no
/// burst, and to wait in it only makes everyone late: who comes in the next second waits a tenth.
/// After Nichols and Jacobson, Controlling Queue Delay, and Maurer, Fail at Scale.
///
/// And how many depends: while more than a third are refused, there are half as many places. To
/// refuse that many takes processors too, and what is left is enough for fewer. Those who are let
/// in are served sooner, and events, which finish what was begun, are not held up by what begins.
///
/// The management port is not counted: it must answer when nothing else does.
public final class Admission {

    private static final Logger log = LoggerFactory.getLogger(Admission.class);

    private static final ScopedValue<Place> PLACE = ScopedValue.newInstance();

    private static final int WAITERS_MAX = 500;
    private static final int OVERLOAD_DIVISOR = 10;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long waitNanos;
    private final LongSupplier clock;
    private final Places places;
    private final Semaphore waiters;
    private final AtomicLong lastRefusal;

    @Autowired
    Admission(WebProperties properties) {
        this(
                properties.requestsMax(),
                WAITERS_MAX,
                properties.admissionTimeout(),
                System::nanoTime);
    }

    /// @param wait how long a request may wait for its turn in a burst
    /// @param clock in ns, from any time on
    Admission(int requestsMax, int waitersMax, Duration wait, LongSupplier clock) {
        this.waitNanos = wait.toNanos();
        this.clock = clock;
        this.places = new Places(requestsMax, clock);
        this.waiters = new Semaphore(waitersMax);
        this.lastRefusal = new AtomicLong(clock.getAsLong() - SECOND);
    }

    /// Runs work that only waits, e.g. for `Prefer: wait`, and gives the request's place to others
    /// meanwhile. Afterwards the request takes a place again, or goes on without one if none gets
    /// free in time: it was admitted and may have had its effect, so a refusal now would be a lie.
    ///
    /// Each request that waits holds a connection, and at most 500 wait at once, a quarter of
    /// `server.tomcat.max-connections`: the others do not wait at all.
    ///
    /// @param known the result if too many are waiting already
    public <T extends @Nullable Object> T whileWaiting(Callable<T> work, T known) throws Exception {
        if (!waiters.tryAcquire()) {
            return known;
        }
        try {
            return PLACE.isBound() ? outside(PLACE.get(), work) : work.call();
        } finally {
            waiters.release();
        }
    }

    private static <T extends @Nullable Object> T outside(Place place, Callable<T> work)
            throws Exception {
        place.leave();
        try {
            return work.call();
        } finally {
            place.takeAgain();
        }
    }

    /// Gives the request's place to others for good; does nothing outside of an admitted request.
    static void leave() {
        if (PLACE.isBound()) {
            PLACE.get().leave();
        }
    }

    /// Whether this thread works on an admitted request.
    static boolean isInRequest() {
        return PLACE.isBound();
    }

    /// How many more requests would be admitted now.
    public int free() {
        return Math.max(0, places.availablePermits());
    }

    /// Runs a request in a place of its own.
    ///
    /// @return false if there was none, and the request did not run
    boolean admit(Callable<@Nullable Void> request) throws Exception {
        if (!enter()) {
            return false;
        }
        var place = new Place();
        try {
            ScopedValue.where(PLACE, place).call(request::call);
        } finally {
            place.leave();
        }
        return true;
    }

    private boolean enter() throws InterruptedException {
        boolean overloaded = clock.getAsLong() - lastRefusal.get() < SECOND;
        if (places.take(overloaded ? waitNanos / OVERLOAD_DIVISOR : waitNanos)) {
            return true;
        }
        long now = clock.getAsLong();
        if (now - lastRefusal.getAndSet(now) >= SECOND) {
            log.warn("more requests come than can be done: who finds no place is put off");
        }
        return false;
    }

    /// The place of one request; only its own thread uses it.
    private final class Place {

        private boolean taken = true;

        void leave() {
            if (taken) {
                taken = false;
                places.release();
            }
        }

        void takeAgain() throws InterruptedException {
            taken = places.tryAcquire(waitNanos, TimeUnit.NANOSECONDS);
        }
    }
}
