package io.eventshop.system.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a service's log says about its last start.
final class StartLog {

    /// `Started OrderApplication in 3.21 seconds (process running for 3.9)`
    private static final Pattern STARTED =
            Pattern.compile("Started \\w+ in [\\d.]+ seconds \\(process running for ([\\d.]+)\\)");

    /// The line is among the last ones, when the first answer has just come.
    private static final int TAIL_BYTES = 64 << 10;

    private StartLog() {}

    static Optional<Duration> lastStart(Path log) {
        return STARTED.matcher(tail(log))
                .results()
                .reduce((_, later) -> later)
                .map(line -> Double.parseDouble(line.group(1)))
                .map(seconds -> Duration.ofMillis(Math.round(seconds * 1_000)));
    }

    private static String tail(Path log) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            file.seek(from);
            var bytes = new byte[(int) (file.length() - from)];
            file.readFully(bytes);
            return new String(bytes, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
