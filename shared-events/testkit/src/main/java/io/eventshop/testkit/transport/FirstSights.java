package io.eventshop.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.IntStream;

/// The numbers of each key in the order in which they were seen first. A record may come again at
/// any time, and the inbox then drops it: so what counts is when it came first.
record FirstSights(Map<String, SequencedSet<Integer>> numbers) {

    static FirstSights of(Collection<Numbered> seen) {
        var numbers = new LinkedHashMap<String, SequencedSet<Integer>>();
        seen.forEach(one ->
                numbers.computeIfAbsent(one.key(), _ -> new LinkedHashSet<>()).add(one.number()));
        return new FirstSights(numbers);
    }

    List<Integer> of(String key) {
        return new ArrayList<>(numbers.getOrDefault(key, new LinkedHashSet<>()));
    }

    boolean isEmpty() {
        return numbers.isEmpty();
    }

    /// Of each key the numbers 1, 2, 3 up to any: nothing is missing before what was seen.
    void assertPrefixes() {
        numbers.forEach((key, seen) ->
                assertThat(seen)
                        .as("first sights of " + key)
                        .containsExactlyElementsOf(upTo(seen.size())));
    }

    /// @param last the highest number of each key
    void assertComplete(Map<String, Integer> last) {
        assertPrefixes();
        last.forEach(
                (key, number) -> assertThat(of(key)).as("first sights of " + key).hasSize(number));
    }

    /// Whether each key was seen up to this number at least.
    boolean reach(Map<String, Integer> last) {
        return last.entrySet().stream().allMatch(key -> of(key.getKey()).size() >= key.getValue());
    }

    private static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }
}
