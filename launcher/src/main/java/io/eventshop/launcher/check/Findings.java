package io.eventshop.launcher.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong. All of it is counted; of each promise only the first few sentences are
/// kept, because one mistake may break it a thousand times.
final class Findings {

    private static final int KEPT_MAX = 20;

    private final List<Finding> kept = new ArrayList<>();
    private final Map<Integer, Integer> counts = new TreeMap<>();

    /// @param values for the sentence, by [String#format]
    @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a library more
    void add(int promise, String sentence, @Nullable Object... values) {
        if (counts.merge(promise, 1, Integer::sum) <= KEPT_MAX) {
            kept.add(new Finding(promise, sentence.formatted(values)));
        }
    }

    List<Finding> kept() {
        return kept;
    }

    Map<Integer, Integer> counts() {
        return counts;
    }
}
