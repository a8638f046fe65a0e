package io.eventshop.testkit.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.eventshop.launcher.services.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A module's `ConfigurationPageTest` lists what the metadata has. This is for what it cannot see:
/// a module without that test, and a property that is read by its name alone.
class PropertyNamesTest {

    private static final Path TOP = Sources.root();

    /// `@ConfigurationProperties("…")`, `@ConditionalOnProperty("…")` and their like, `${…}`.
    private static final Pattern NAME =
            Pattern.compile("(?:@\\w+Propert(?:y|ies)\\(\"|\\$\\{)(eventshop[\\w.-]*)");

    @Test
    void every_prefix_and_every_name_in_the_sources_is_on_the_page() throws IOException {
        assumeFalse(
                Boolean.getBoolean("eventshop.update-docs"),
                "modules that come later write the page, the next build judges it");
        String page = Files.readString(TOP.resolve("docs/configuration.md"));

        assertThat(names())
                .contains("eventshop.outbox", "eventshop.demo-data")
                .allSatisfy(name ->
                        assertThat(page)
                                .as("docs/configuration.md, written by each ConfigurationPageTest")
                                .contains("`" + name + "`"));
    }

    private static List<String> names() throws IOException {
        try (var files = Files.walk(TOP)) {
            return files.filter(file -> file.toString().matches(".*/src/main/.*\\.(java|yml)"))
                    .flatMap(file -> NAME.matcher(read(file)).results())
                    .map(name -> name.group(1))
                    .distinct()
                    .toList();
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
