package io.eventshop.contracts.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Follows `docs/evolving-events.md` in a copy of the contracts.
class EvolvingEventsTest {

    private static final String NOTHING = "nothing";

    @TempDir private Path folder;
    private Workshop workshop;

    enum Section {
        ADD("Add an event"),
        ADDITIVE("Change an event so that everybody can still read it"),
        BREAKING("Change an event so that old readers cannot read it");

        private final String heading;

        Section(String heading) {
            this.heading = heading;
        }

        List<EventType<?>> catalog() {
            return switch (this) {
                case ADD -> AddedEvent.CATALOG;
                case ADDITIVE -> AdditiveChange.CATALOG;
                case BREAKING -> BreakingChange.CATALOG;
            };
        }

        /// The catalog, with the old records in it where the step would have changed them.
        List<EventType<?>> catalogWithout(String step) {
            return switch (this + " " + step) {
                case "ADD Catalog" -> List.of();
                case "ADDITIVE Catalog" -> AddedEvent.CATALOG;
                case "BREAKING Catalog" -> AdditiveChange.CATALOG;
                case "ADDITIVE Record" ->
                        swapped(AdditiveChange.OrderPraised.class, AddedEvent.OrderPraised.class);
                case "BREAKING History" ->
                        swapped(
                                BreakingChange.OrderPraisedV1.class,
                                AdditiveChange.OrderPraised.class);
                case "BREAKING Record" ->
                        swapped(
                                BreakingChange.OrderPraised.class,
                                AdditiveChange.OrderPraised.class);
                default -> catalog();
            };
        }

        private List<EventType<?>> swapped(Class<?> after, Class<?> before) {
            return catalog().stream()
                    .<EventType<?>>map(type ->
                            type.payload() == after
                                    ? new EventType<>(
                                            type.name(), type.version(), before, type.topic())
                                    : type)
                    .toList();
        }
    }

    @BeforeEach
    void copy() {
        workshop = new Workshop(folder);
    }

    @ParameterizedTest
    @EnumSource
    void all_steps_together_pass(Section section) {
        follow(section, NOTHING);

        assertThat(workshop.problems(section.catalog())).isEmpty();
    }

    static Stream<Arguments> steps() {
        return Stream.of(Section.values())
                .flatMap(section ->
                        Guide.steps(section.heading).stream()
                                .filter(step -> step.leftOut() != null)
                                .map(step -> Arguments.of(section, step.title(), step.leftOut())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("steps")
    void a_step_left_out_fails_with_the_sentence_that_the_guide_quotes(
            Section section, String step, String sentence) {
        follow(section, step);

        assertThat(workshop.problems(section.catalogWithout(step)))
                .anySatisfy(problem -> assertThat(problem).startsWith(sentence));
    }

    @Test
    void every_step_but_the_first_says_what_happens_without_it() {
        assertThat(steps()).hasSize(5 + 6 + 7);
    }

    @Test
    void a_breaking_change_cannot_pass_for_a_minor_one() {
        follow(Section.ADDITIVE, NOTHING);
        for (var step : Guide.steps(Section.BREAKING.heading)) {
            step.files()
                    .forEach((file, content) ->
                            workshop.write(
                                    file.replace("2.0.0", "1.2.0"),
                                    content.replace("2.0.0", "1.2.0")));
        }
        var minor =
                BreakingChange.CATALOG.stream()
                        .<EventType<?>>map(type ->
                                new EventType<>(
                                        type.name(),
                                        type.version().replace("2.0.0", "1.2.0"),
                                        BreakingChange.OrderPraised.class,
                                        type.topic()))
                        .toList();

        assertThat(workshop.problems(minor))
                .anySatisfy(problem ->
                        assertThat(Guide.section(Section.BREAKING.heading))
                                .contains("> As 1.2.0: " + problem + "\n"));
    }

    @ParameterizedTest
    @EnumSource
    void the_java_of_the_guide_compiles(Section section) throws IOException {
        var sources = new StringBuilder();
        for (var source : List.of("AddedEvent", "AdditiveChange", "BreakingChange")) {
            sources.append(
                    Files.readString(
                            Path.of(
                                    "src/test/java/io/eventshop/contracts/gate",
                                    source + ".java")));
        }

        assertThat(Guide.steps(section.heading))
                .flatExtracting(Guide.Step::java)
                .isNotEmpty()
                .allSatisfy(java ->
                        assertThat(withoutSpace(sources.toString())).contains(withoutSpace(java)));
    }

    /// All sections up to this one, and of this one all steps but one.
    private void follow(Section last, String leftOut) {
        for (var section : Section.values()) {
            if (section.compareTo(last) <= 0) {
                follow(section, Guide.steps(section.heading), section == last ? leftOut : NOTHING);
            }
        }
    }

    private void follow(Section section, List<Guide.Step> steps, String leftOut) {
        for (var step : steps) {
            if (step.title().equals(leftOut)) {
                continue;
            }
            step.files().forEach(workshop::write);
            if (step.title().equals("Release")) {
                workshop.release(section.catalog());
            }
        }
    }

    private static String withoutSpace(String java) {
        return java.replaceAll("\\s", "");
    }
}
