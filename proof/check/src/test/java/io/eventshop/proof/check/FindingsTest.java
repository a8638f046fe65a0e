package io.eventshop.proof.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingsTest {

    @Test
    void what_was_wrong_before_counts_for_nothing() {
        var findings = new Findings(Set.of(new Finding(3, "mail 1 has not arrived")));

        findings.add(3, "mail %d has not arrived", 1);
        findings.add(3, "mail %d has not arrived", 2);

        assertThat(findings.counts()).isEqualTo(Map.of(3, 1));
        assertThat(findings.kept()).containsExactly(new Finding(3, "mail 2 has not arrived"));
    }

    @Test
    void all_are_counted_and_remembered_and_the_first_twenty_are_told() {
        var findings = new Findings(Set.of());

        IntStream.range(0, 50).forEach(i -> findings.add(1, "order %d", i));

        assertThat(findings.counts()).isEqualTo(Map.of(1, 50));
        assertThat(findings.kept()).hasSize(20);
        assertThat(findings.all()).hasSize(50);
    }
}
