package io.eventshop.testkit.documents;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.services.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the documents point to exists, and goes on to exist in a fork that has deleted the proofs
/// and the demo: what it keeps points to nothing of them.
class DocumentationTest {

    private static final Path TOP = Sources.root();

    /// What a fork may delete.
    private static final List<Path> DELETABLE =
            List.of(TOP.resolve("proof"), TOP.resolve("launcher/demo"), TOP.resolve("demo"));

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)(?:[.#](\\w+))?`");

    @ParameterizedTest
    @MethodSource("documents")
    void every_relative_link_leads_to_a_file(Path document) {
        assertThat(matches(document, LINK).map(link -> link.group(1)))
                .filteredOn(link -> !link.contains("://") && !link.startsWith("mailto:"))
                .map(link -> document.resolveSibling(link).normalize())
                .allSatisfy(target -> assertThat(target).exists())
                .allMatch(target -> isDeletable(document) || !isDeletable(target));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_test_that_is_named_exists(Path document) throws IOException {
        Map<String, String> tests = tests(isDeletable(document));

        assertThat(matches(document, TEST).toList())
                .allSatisfy(test -> {
                    assertThat(tests).containsKey(test.group(1));
                    if (test.group(2) != null) {
                        assertThat(tests.get(test.group(1))).contains(" " + test.group(2) + "(");
                    }
                });
    }

    /// A test of each service holds that list to the code.
    @Test
    void the_journey_passes_only_files_that_it_lists() {
        String[] halves = read(TOP.resolve("docs/journey.md")).split("## Every file", -1);

        assertThat(LINK.matcher(halves[0]).results().map(link -> link.group(1)))
                .filteredOn(link -> link.endsWith(".java"))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(halves[1]).contains("](" + link + ")"));
    }

    @Test
    void every_decision_is_listed() throws IOException {
        String index = Files.readString(TOP.resolve("docs/adr/README.md"));

        try (var pages = Files.list(TOP.resolve("docs/adr"))) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .filteredOn(page -> !page.equals("README.md"))
                    .isNotEmpty()
                    .allSatisfy(page -> assertThat(index).contains("](" + page + ")"));
        }
    }

    static List<Path> documents() throws IOException {
        var documents = new ArrayList<Path>();
        try (var top = Files.list(TOP)) {
            top.forEach(documents::add);
        }
        for (String folder : List.of("docs", "proof")) {
            if (Files.exists(TOP.resolve(folder))) {
                try (var files = Files.walk(TOP.resolve(folder))) {
                    files.forEach(documents::add);
                }
            }
        }
        return documents.stream().filter(path -> path.toString().endsWith(".md")).sorted().toList();
    }

    private static boolean isDeletable(Path path) {
        return DELETABLE.stream().anyMatch(path::startsWith);
    }

    private static Stream<MatchResult> matches(Path document, Pattern pattern) {
        return pattern.matcher(read(document)).results();
    }

    /// The sources of tests, by the name of their class.
    private static Map<String, String> tests(boolean withDeletable) throws IOException {
        try (var files = Files.walk(TOP)) {
            return files.filter(file -> file.toString().endsWith("Test.java"))
                    .filter(file -> withDeletable || !isDeletable(file))
                    .collect(
                            toMap(
                                    file -> file.getFileName().toString().replace(".java", ""),
                                    DocumentationTest::read,
                                    String::concat));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
