package io.eventshop.testkit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.services.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Holds `docs/configuration.md` against the code. Each module has its own part of the page,
/// written from what Spring Boot's annotation processor says of the module's properties to IDEs: so
/// the `@param` of a properties record is the one place where a property is explained.
public final class ConfigurationPage {

    private static final Path PAGE = Sources.root().resolve("docs/configuration.md");
    private static final Path METADATA =
            Path.of("target/classes/META-INF/spring-configuration-metadata.json");

    private ConfigurationPage() {}

    /// Fails for a property without a description, and for one whose description does not end with
    /// `Change it …`: a property that nobody knows a reason to change should not be one.
    ///
    /// @param module whose test this is
    public static void listsPropertiesOf(String module) {
        List<JsonNode> properties =
                JsonMapper.shared()
                        .readTree(METADATA)
                        .path("properties")
                        .valueStream()
                        .filter(property -> name(property).startsWith("eventshop."))
                        .toList();
        assertThat(properties)
                .isNotEmpty()
                .filteredOn(property -> !description(property).matches(".+\\. Change it .+\\."))
                .extracting(ConfigurationPage::name)
                .as("properties that do not say what they are, and at the end `Change it …`")
                .isEmpty();

        var linesByPrefix =
                properties.stream()
                        .collect(
                                groupingBy(
                                        ConfigurationPage::prefix,
                                        TreeMap::new,
                                        mapping(ConfigurationPage::line, joining())));
        var part = new StringBuilder();
        linesByPrefix.forEach(
                (prefix, lines) -> part.append("\n### `%s`\n\n%s".formatted(prefix, lines)));
        new CommittedFile(PAGE.toString()).assertPartSays(module, part.toString());
    }

    private static String line(JsonNode property) {
        String type = property.path("type").asString().replaceAll("[a-z]\\w*\\.", "");
        JsonNode value = property.path("defaultValue");
        return "- **`%s`** (`%s`, %s): %s\n"
                .formatted(
                        name(property),
                        type,
                        value.isMissingNode() ? "no default" : "default `" + value.asString() + "`",
                        description(property).replace(" Change it ", " **Change it** "));
    }

    private static String prefix(JsonNode property) {
        return name(property).substring(0, name(property).lastIndexOf('.'));
    }

    private static String name(JsonNode property) {
        return property.path("name").asString();
    }

    private static String description(JsonNode property) {
        return property.path("description").asString("");
    }
}
