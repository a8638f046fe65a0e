package io.eventshop.proof.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The table at the end, in Markdown, on the console and in `target/benchmark.md`. All numbers are
/// medians of the rounds.
final class Report {

    private static final Path FILE = Path.of("target", "benchmark.md");
    private static final String NONE = "–";

    private final List<String> compared = new ArrayList<>();
    private final List<String> reported = new ArrayList<>();

    /// What is measured against something bare; the ratio comes with its extremes.
    void compare(String what, String result, String bare, String ratio, String goal) {
        compared.add("| %s | %s | %s | %s | %s |".formatted(what, result, bare, ratio, goal));
    }

    /// What has nothing to be compared with.
    void tell(String what, String result) {
        reported.add("| %s | %s |".formatted(what, result));
    }

    void publish() throws IOException {
        String text =
                """
                # Benchmark

                Medians of five rounds in one run after a warm-up round; ratios with their smallest and largest.
                %d processors, Java %s, scale %s.

                | measured | result | bare | ratio | goal |
                |---|---:|---:|---:|---:|
                %s

                | reported | result |
                |---|---:|
                %s
                """
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                Runtime.version().feature(),
                                Scale.FACTOR,
                                rows(compared, 5),
                                rows(reported, 2));
        System.out.println(text);
        Files.writeString(FILE, text);
    }

    private static String rows(List<String> rows, int columns) {
        return rows.isEmpty() ? "|" + (" " + NONE + " |").repeat(columns) : String.join("\n", rows);
    }

    static String perSecond(Measurements measurements, String name) {
        return String.format(Locale.ROOT, "%,.0f/s", measurements.median(name));
    }

    static String millis(Measurements measurements, String name) {
        return String.format(Locale.ROOT, "%,.1f ms", measurements.median(name));
    }

    static String ratio(Measurements measurements, String name) {
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f–%.2f)",
                measurements.median(name),
                measurements.smallest(name),
                measurements.largest(name));
    }
}
