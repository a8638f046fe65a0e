package io.eventshop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Callable;

/// A promise that is a time, e.g. 503 within 3 s.
///
/// How long something takes says as much about the machine as about the code. So a test that
/// decides whether a change lands fails only at ten times what is promised. `-Pbenchmark`, on a
/// quiet machine, runs the tests tagged `promised-time` and holds each to the promise itself.
///
/// Each figure is printed and appended to `target/promised-times.tsv` (what, ms, promised ms), from
/// which `.ci/run` prints all of them at its end.
///
/// @param what was promised, as a row of a table
public record PromisedTime(String what, Duration promised) {

    private static final Path FILE = Path.of("target", "promised-times.tsv");

    /// Set by Maven: 10, and 1 in `-Pbenchmark`.
    private static final int TOLERANCE = Integer.getInteger("eventshop.times.tolerance", 10);

    /// When a test gives up.
    public Duration limit() {
        return promised.multipliedBy(TOLERANCE);
    }

    /// Waits until the condition holds, and judges how long that took.
    public void until(Callable<Boolean> condition) {
        long start = System.nanoTime();
        Eventually.await(what).pollDelay(Duration.ZERO).atMost(limit()).until(condition);
        judge(Duration.ofNanos(System.nanoTime() - start));
    }

    /// Judges the figure of something that has happened.
    public void judge(Duration took) {
        String row = "%s\t%d\t%d".formatted(what, took.toMillis(), promised.toMillis());
        System.out.println("promised time\t" + row);
        try {
            Files.writeString(
                    FILE, row + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertKept(took);
    }

    void assertKept(Duration took) {
        assertThat(took).as(toString()).isLessThan(limit());
    }

    @Override
    public String toString() {
        return "%s: %d ms promised, judged at %d ms"
                .formatted(what, promised.toMillis(), limit().toMillis());
    }
}
