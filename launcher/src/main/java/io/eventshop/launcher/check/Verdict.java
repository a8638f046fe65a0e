package io.eventshop.launcher.check;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the check has found.
///
/// @param findings at most a few of each promise; see [#violations]
/// @param violations how many findings there were, by promise
/// @param counts what was looked at, by name, in the order in which it is worth reading
public record Verdict(
        List<Finding> findings,
        Map<Integer, Integer> violations,
        Map<String, Long> counts,
        List<Recovery> recoveries) {

    public Verdict {
        findings = List.copyOf(findings);
        violations = new TreeMap<>(violations);
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
}
