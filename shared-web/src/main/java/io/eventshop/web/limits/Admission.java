package io.eventshop.web.limits;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Bounds how many requests are worked on at once. Virtual threads have removed the bound that
/// Tomcat's pool was, and without one a slow database turns a burst into thousands of requests that
/// all fail late. Who finds no place within a short wait gets 503 and `Retry-After` while the rest
/// goes on at full speed.
///
/// The management port is not counted: it must answer when nothing else does.
public final class Admission {

    private static final ScopedValue<Place> PLACE = ScopedValue.newInstance();

    private final Semaphore places;
    private final Duration wait;

    public Admission(int requestsMax, Duration wait) {
        this.places = new Semaphore(requestsMax, true);
        this.wait = wait;
    }

    /// Runs work that only waits, e.g. for `Prefer: wait`, and gives the request's place to others
    /// meanwhile. Afterwards the request takes a place again, or goes on without one if none gets
    /// free in time: it was admitted and may have had its effect, so a refusal now would be a lie.
    /// How many requests can wait is bounded by `server.tomcat.max-connections`.
    ///
    /// Outside of an admitted request it just runs the work.
    public <T extends @Nullable Object> T whileWaiting(Callable<T> work) throws Exception {
        if (!PLACE.isBound()) {
            return work.call();
        }
        Place place = PLACE.get();
        place.leave();
        try {
            return work.call();
        } finally {
            place.takeAgain();
        }
    }

    /// Whether this thread works on an admitted request.
    static boolean isInRequest() {
        return PLACE.isBound();
    }

    /// How many more requests would be admitted now.
    public int free() {
        return places.availablePermits();
    }

    /// Runs a request in a place of its own.
    ///
    /// @return false if there was none, and the request did not run
    boolean admit(Callable<@Nullable Void> request) throws Exception {
        if (!places.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
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
            taken = places.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
