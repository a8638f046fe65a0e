package io.eventshop.proof.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What the rounds of one benchmark gave, by name.
final class Measurements {

    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    void note(String name, double value) {
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    /// The middle one; the rounds are odd in number.
    double median(String name) {
        List<Double> sorted = sorted(name);
        return sorted.get(sorted.size() / 2);
    }

    double smallest(String name) {
        return sorted(name).getFirst();
    }

    double largest(String name) {
        return sorted(name).getLast();
    }

    private List<Double> sorted(String name) {
        var sorted = new ArrayList<>(values.getOrDefault(name, List.of()));
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured as " + name);
        }
        Collections.sort(sorted);
        return sorted;
    }

    /// The last round's, on one line.
    String latest() {
        return values.entrySet().stream()
                .map(entry ->
                        String.format(
                                Locale.ROOT,
                                "%s %,.2f",
                                entry.getKey(),
                                entry.getValue().getLast()))
                .collect(Collectors.joining(", "));
    }
}
