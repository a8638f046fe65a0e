package io.eventshop.system;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the documents point to exists.
class DocumentationTest {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)(?:[.#](\\w+))?`");

    @ParameterizedTest
    @MethodSource("documents")
    void every_relative_link_leads_to_a_file(Path document) {
        assertThat(matches(document, LINK).map(link -> link.group(1)))
                .filteredOn(link -> !link.contains("://") && !link.startsWith("mailto:"))
                .allSatisfy(link -> assertThat(document.resolveSibling(link)).exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_test_that_is_named_exists(Path document) throws IOException {
        Map<String, String> tests = tests();

        assertThat(matches(document, TEST).toList())
                .allSatisfy(test -> {
                    assertThat(tests).containsKey(test.group(1));
                    if (test.group(2) != null) {
                        assertThat(tests.get(test.group(1))).contains(" " + test.group(2) + "(");
                    }
                });
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
        try (var top = Files.list(TOP);
                var docs = Files.walk(TOP.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<MatchResult> matches(Path document, Pattern pattern) {
        return pattern.matcher(read(document)).results();
    }

    /// The sources of all tests, by the name of their class.
    private static Map<String, String> tests() throws IOException {
        try (var files = Files.walk(TOP)) {
            return files.filter(file -> file.toString().endsWith("Test.java"))
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
