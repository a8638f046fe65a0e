package io.eventshop.proof.system.chaos;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// All segments of a directory as Markdown, and what their zeros mean.
final class SoakReport {

    private final List<SegmentResult> segments;
    private final StringBuilder text = new StringBuilder();

    private SoakReport(List<SegmentResult> segments) {
        this.segments = segments;
    }

    static String of(List<SegmentResult> segments) {
        if (segments.isEmpty()) {
            return "No segment has been run yet.\n";
        }
        var report = new SoakReport(segments);
        report.totals();
        report.faults();
        report.recoveries();
        report.findings();
        report.meaning();
        return report.text.toString();
    }

    private void totals() {
        line(
                """
                | date | commit | seed | segments | minutes | orders | kills | pauses | cuts | other faults | duplicates delivered | lost | doubled | findings |
                |---|---|---|---|---|---|---|---|---|---|---|---|---|---|\
                """);
        bySeed().forEach((seed, ones) -> line(total(String.valueOf(seed), ones)));
        line(total("all", segments) + "\n");
    }

    private Map<Long, List<SegmentResult>> bySeed() {
        var seeds = new TreeMap<Long, List<SegmentResult>>();
        segments.forEach(
                one -> seeds.computeIfAbsent(one.soakSeed(), _ -> new ArrayList<>()).add(one));
        return seeds;
    }

    private static String total(String seed, List<SegmentResult> ones) {
        var cells =
                List.of(
                        period(ones),
                        ones.stream().map(SegmentResult::commit).distinct().collect(joining(", ")),
                        seed,
                        String.valueOf(ones.size()),
                        String.format(Locale.ROOT, "%.0f", sum(ones, SegmentResult::seconds) / 60),
                        whole(ones, SegmentResult::orders),
                        whole(ones, SegmentResult::kills),
                        whole(ones, SegmentResult::pauses),
                        whole(ones, SegmentResult::cuts),
                        whole(ones, SegmentResult::others),
                        whole(ones, SegmentResult::duplicates),
                        whole(ones, SegmentResult::lost),
                        whole(ones, SegmentResult::doubled),
                        whole(ones, one -> one.findings().size()));
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String period(List<SegmentResult> ones) {
        var days = ones.stream().map(one -> one.date().substring(0, 10)).sorted().toList();
        return days.getFirst().equals(days.getLast())
                ? days.getFirst()
                : days.getFirst() + " to " + days.getLast();
    }

    private void faults() {
        var counts = new TreeMap<String, Integer>();
        segments.forEach(one ->
                one.faults().forEach((kind, count) -> counts.merge(kind, count, Integer::sum)));
        line("| fault | times |\n|---|---|");
        counts.forEach((kind, count) -> line("| %s | %d |".formatted(words(kind), count)));
        var skipped = new LinkedHashMap<String, String>();
        segments.forEach(one -> skipped.putAll(one.skipped()));
        skipped.forEach((kind, why) ->
                line("| %s | in some segments not: %s |".formatted(words(kind), why)));
        line("");
    }

    private static String words(String kind) {
        return kind.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void recoveries() {
        line(
                """
                | recovery, of faults that came alone | times | median, ms | maximum, ms | goal, ms | met |
                |---|---|---|---|---|---|\
                """);
        for (Goal goal : Goal.values()) {
            var millis =
                    segments.stream()
                            .map(one -> one.recoveryMillis().getOrDefault(goal.name(), List.of()))
                            .flatMap(Collection::stream)
                            .sorted()
                            .toList();
            if (!millis.isEmpty()) {
                long met = millis.stream().filter(one -> one <= goal.limit().toMillis()).count();
                line(
                        "| %s | %d | %d | %d | %d | %d of %d |"
                                .formatted(
                                        goal.title(),
                                        millis.size(),
                                        millis.get(millis.size() / 2),
                                        millis.getLast(),
                                        goal.limit().toMillis(),
                                        met,
                                        millis.size()));
            }
        }
        line("");
    }

    private void findings() {
        for (SegmentResult one : segments) {
            one.findings().forEach(finding -> line("- seed %d: %s".formatted(one.seed(), finding)));
        }
        if (segments.stream().anyMatch(one -> !one.findings().isEmpty())) {
            line("");
        }
    }

    /// The rule of three: Hanley and Lippman-Hand, If Nothing Goes Wrong, Is Everything All Right?
    /// JAMA 1983.
    private void meaning() {
        double orders = sum(segments, SegmentResult::orders);
        double faults = sum(segments, SegmentResult::faultCount);
        boolean clean = segments.stream().allMatch(SegmentResult::isClean);
        if (clean && orders > 0 && faults > 0) {
            line(
                    String.format(
                            Locale.ROOT,
                            """
                            None of %,.0f orders was lost or doubled under %,.0f faults. That does not say that it never happens: \
                            with n trials and no failure, the rate is below 3/n with 95 %% confidence (the rule of three). \
                            So fewer than one order in %,.0f is lost or doubled under faults like these, and fewer than one \
                            fault in %,.0f does it.\
                            """,
                            orders,
                            faults,
                            orders / 3,
                            faults / 3));
        } else {
            line("Not clean: what was found is above, and no rate follows from it.");
        }
    }

    private static double sum(List<SegmentResult> ones, ToDoubleFunction<SegmentResult> value) {
        return ones.stream().mapToDouble(value).sum();
    }

    private static String whole(List<SegmentResult> ones, ToDoubleFunction<SegmentResult> value) {
        return String.format(Locale.ROOT, "%.0f", sum(ones, value));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
