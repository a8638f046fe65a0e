package io.eventshop.proof.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong. All of it is counted; of each promise only the first few sentences are
/// kept, because one mistake may break it a thousand times.
final class Findings {

    private static final int KEPT_MAX = 20;

    private final Set<Finding> passedOver;
    private final Set<Finding> all = new HashSet<>();
    private final List<Finding> kept = new ArrayList<>();
    private final Map<Integer, Integer> counts = new TreeMap<>();

    /// @param passedOver that were there before, and count for nothing
    Findings(Set<Finding> passedOver) {
        this.passedOver = passedOver;
    }

    /// @param values for the sentence, by [String#format]
    @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a library more
    void add(int promise, String sentence, @Nullable Object... values) {
        var finding = new Finding(promise, sentence.formatted(values));
        if (passedOver.contains(finding)) {
            return;
        }
        all.add(finding);
        if (counts.merge(promise, 1, Integer::sum) <= KEPT_MAX) {
            kept.add(finding);
        }
    }

    Set<Finding> all() {
        return all;
    }

    List<Finding> kept() {
        return kept;
    }

    Map<Integer, Integer> counts() {
        return counts;
    }
}
