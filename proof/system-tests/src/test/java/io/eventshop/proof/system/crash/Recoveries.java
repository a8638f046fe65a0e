package io.eventshop.proof.system.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The result: one line a point while it goes on, and a table at the end, on the console and in
/// `target/crash-matrix.md`.
final class Recoveries {

    private static final Path FILE = Path.of("target", "crash-matrix.md");

    private final List<String> rows = new ArrayList<>();
    private final List<Duration> alone = new ArrayList<>();
    private final List<Duration> takenOver = new ArrayList<>();

    /// @param ready from the crash until the next start was ready
    /// @param done from the crash until the work was done
    void restarted(CrashPoint point, int exitStatus, Duration ready, Duration done) {
        alone.add(done);
        add(point, "1", exitStatus, seconds(ready), seconds(done));
    }

    /// @param done from the crash until the work was done by the other instance
    void takenOver(CrashPoint point, int exitStatus, Duration done) {
        takenOver.add(done);
        add(point, "2", exitStatus, "", seconds(done));
    }

    private void add(
            CrashPoint point, String instances, int exitStatus, String ready, String done) {
        String row =
                "| %s | %s | %d | %s | %s |".formatted(point, instances, exitStatus, ready, done);
        System.out.println(row);
        rows.add(row);
    }

    void publish() throws IOException {
        String text =
                """
                # Crash matrix

                Seconds from the crash until the service was ready again, and until the work it was at was done.

                | died at | instances | exit | ready | done |
                |---|---:|---:|---:|---:|
                %s

                | instances | points | done: median | longest |
                |---|---:|---:|---:|
                | 1 | %s |
                | 2 | %s |
                """
                        .formatted(String.join("\n", rows), summary(alone), summary(takenOver));
        System.out.println(text);
        Files.writeString(FILE, text);
    }

    private static String summary(List<Duration> times) {
        var sorted = times.stream().sorted().toList();
        return sorted.isEmpty()
                ? "0 | |"
                : "%d | %s | %s"
                        .formatted(
                                sorted.size(),
                                seconds(sorted.get(sorted.size() / 2)),
                                seconds(sorted.getLast()));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
    }
}
