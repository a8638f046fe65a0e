package io.eventshop.contracts.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.gate.Change.Kind;
import io.eventshop.contracts.gate.CompatibilityCheck.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs the tables of `docs/compatibility-rules.md`, row by row.
class CompatibilityRulesTest {

    private static final Path DOCUMENT = MarkdownTable.DOCS.resolve("compatibility-rules.md");

    record Pair(String change, String older, String newer, String verdict, String words) {
        static Pair of(List<String> row) {
            return new Pair(row.get(0), code(row.get(1)), code(row.get(2)), row.get(3), row.get(4));
        }

        private static String code(String cell) {
            return cell.substring(1, cell.length() - 1);
        }
    }

    record Numbers(String older, String newer, String change, String words) {
        static Numbers of(List<String> row) {
            return new Numbers(row.get(0), row.get(1), row.get(2), row.get(3));
        }
    }

    static Stream<Pair> pairs() {
        return Stream.of(
                        "Fields",
                        "Types and values",
                        "Limits",
                        "Words, and several changes at once",
                        "What is refused")
                .flatMap(heading -> MarkdownTable.below(heading, DOCUMENT).stream())
                .map(Pair::of);
    }

    static Stream<Numbers> numbers() {
        return MarkdownTable.below("Numbers", DOCUMENT).stream().map(Numbers::of);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void each_pair_is_judged_as_the_document_says(Pair pair) {
        var older = Shorthand.schema(pair.older());
        var newer = Shorthand.schema(pair.newer());
        assertThat(Vocabulary.refusals(older)).isEmpty();

        if (pair.verdict().equals("refused")) {
            assertThat(Vocabulary.refusals(newer))
                    .anySatisfy(it -> assertThat(it).contains(pair.words()));
            return;
        }
        assertThat(Vocabulary.refusals(newer)).isEmpty();
        var changes = SchemaDiff.between(older, newer);
        var verdict = changes.stream().map(Change::kind).max(Kind::compareTo);
        assertThat(verdict.map(Kind::word).orElse("none")).isEqualTo(pair.verdict());
        if (!changes.isEmpty()) {
            assertThat(changes)
                    .filteredOn(change -> change.kind() == verdict.orElseThrow())
                    .anySatisfy(change -> assertThat(change.sentence()).contains(pair.words()));
        }
    }

    @Test
    void there_are_enough_pairs_of_each_verdict() {
        Map<String, Long> counts =
                pairs().collect(Collectors.groupingBy(Pair::verdict, Collectors.counting()));

        assertThat(counts).containsOnlyKeys("none", "wording", "additive", "breaking", "refused");
        assertThat(pairs()).hasSizeGreaterThan(60);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void the_number_says_what_has_changed(Numbers numbers) {
        var after =
                switch (numbers.change()) {
                    case "none" -> "{\"a!\": \"string\"}";
                    case "wording" -> "{\"a!\": {\"type\": \"string\", \"title\": \"A\"}}";
                    case "additive" -> "{\"a!\": \"string\", \"b\": \"string\"}";
                    case "breaking" -> "{\"a!\": \"integer\"}";
                    default -> throw new IllegalArgumentException(numbers.change());
                };

        var problems =
                CompatibilityCheck.between(
                        step(numbers.older(), "{\"a!\": \"string\"}"),
                        step(numbers.newer(), after));

        if (numbers.words().equals("fine")) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).singleElement().asString().contains(numbers.words());
        }
    }

    @Test
    void a_version_that_takes_a_break_back_does_not_heal_the_one_before() {
        var problems =
                CompatibilityCheck.inOrder(
                        List.of(
                                step("1.0.0", "{\"a!\": \"string\"}"),
                                step("1.1.0", "{\"a!\": \"integer\"}"),
                                step("1.2.0", "{\"a!\": \"integer\", \"b\": \"string\"}")));

        assertThat(problems)
                .hasSize(2)
                .anySatisfy(it -> assertThat(it).contains("1.0.0 → 1.1.0: `/a` is of type"))
                .anySatisfy(it -> assertThat(it).contains("1.0.0 → 1.2.0: `/a` is of type"));
    }

    private static Step step(String version, String shorthand) {
        return new Step("shop.thing", Version.of(version), Shorthand.schema(shorthand), "");
    }
}
