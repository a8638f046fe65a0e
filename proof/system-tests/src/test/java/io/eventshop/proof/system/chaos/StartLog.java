package io.eventshop.proof.system.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a service's log says about the start that is under way.
final class StartLog {

    /// `Started OrderApplication in 3.21 seconds (process running for 3.9)`
    private static final Pattern STARTED =
            Pattern.compile("Started \\w+ in [\\d.]+ seconds \\(process running for ([\\d.]+)\\)");

    private final Path log;
    private final long from;

    private StartLog(Path log, long from) {
        this.log = log;
        this.from = from;
    }

    /// What will be written from now on.
    static StartLog following(Path log) {
        return new StartLog(log, log.toFile().length());
    }

    /// Empty if it has not said so yet: it answers a little earlier.
    Optional<Duration> start() {
        return STARTED.matcher(text())
                .results()
                .findFirst()
                .map(line -> Double.parseDouble(line.group(1)))
                .map(seconds -> Duration.ofMillis(Math.round(seconds * 1_000)));
    }

    private String text() {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            long first = file.length() < from ? 0 : from; // a long log was moved aside
            file.seek(first);
            var bytes = new byte[(int) (file.length() - first)];
            file.readFully(bytes);
            return new String(bytes, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
