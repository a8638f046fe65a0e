package io.eventshop.proof.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the check has found.
///
/// @param findings at most twenty of each promise; see [#violations]
/// @param violations how many findings there were, by promise
/// @param counts what was looked at, by name, in the order in which it is worth reading
public record Verdict(
        List<Finding> findings,
        Map<Integer, Integer> violations,
        Map<String, Long> counts,
        List<Recovery> recoveries) {

    private static final Map<Integer, String> PROMISES =
            new TreeMap<>(
                    Map.of(
                            1, "accepted orders are there and come to an end",
                            2, "stock is exact",
                            3, "every end is told, once",
                            4, "what is committed is published, once and in order",
                            5, "one key, one order",
                            7, "consumers miss nothing"));

    public Verdict {
        findings = List.copyOf(findings);
        violations = new TreeMap<>(violations);
        counts = new LinkedHashMap<>(counts);
        recoveries = List.copyOf(recoveries);
    }

    public boolean isClean() {
        return violations.isEmpty();
    }

    public boolean violates(int promise) {
        return violations.containsKey(promise);
    }

    /// @return 0 for what was not counted
    public long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /// Each promise on a line, with how often it is broken; then what was counted and what is
    /// wrong.
    @Override
    public String toString() {
        var report = new StringBuilder();
        PROMISES.forEach((promise, sentence) ->
                report.append(
                        "%2d  %-52s %s%n"
                                .formatted(
                                        promise,
                                        sentence,
                                        violates(promise)
                                                ? violations.get(promise) + " violations"
                                                : "ok")));
        report.append(
                counts.entrySet().stream()
                        .map(count -> count.getKey() + " " + count.getValue())
                        .collect(Collectors.joining(", ", "%n".formatted(), "%n".formatted())));
        findings.forEach(finding -> report.append("%n%s".formatted(finding)));
        return report.toString().stripTrailing();
    }
}
