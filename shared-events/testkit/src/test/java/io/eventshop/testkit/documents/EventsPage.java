package io.eventshop.testkit.documents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.contracts.EventType;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.testkit.GoldenSample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The catalog of all events for people who do not read our code.
final class EventsPage {

    private static final String RESOURCES = "../shared-events/contracts/src/main/resources";

    private static final String HEAD =
            """
            # Events

            Generated from the [catalog](../shared-events/contracts/src/main/java/io/eventshop/contracts/shop/ShopEvents.java), \
            the schemas and samples beside it, and what the services subscribe to; \
            [CONTRIBUTING.md](../CONTRIBUTING.md) says how. Every event is a \
            [CloudEvent](adr/0005-cloudevents.md) in binary mode: the data below is the record's value, the attributes are \
            `ce_*` headers. It is read only from its topic, from its producer (`ce_source`), under the id of its aggregate \
            (the key, `ce_subject` and the data agree), and with a `ce_aggregateversion` of 1 to 1,000,000,000,000; otherwise \
            it becomes a dead letter. Its schema is served by its producer at the address in `ce_dataschema`. \
            Each service's `asyncapi.yaml` says the same for machines, and [evolving-events.md](evolving-events.md) says how an \
            event changes. A consumer is named by its consumer group.

            """;

    private final Consumers consumers;
    private final StringBuilder page = new StringBuilder(HEAD);

    private EventsPage(Consumers consumers) {
        this.consumers = consumers;
    }

    static String write(Consumers consumers) {
        return new EventsPage(consumers).write();
    }

    private String write() {
        List<String> names =
                ShopEvents.CATALOG.types().stream().map(EventType::name).distinct().toList();
        page.append("| event | topic | producer | consumers |\n|---|---|---|---|\n");
        names.forEach(name -> addRow(newest(name)));
        page.append("\n| topic | producer | key | kept |\n|---|---|---|---|\n");
        ShopEvents.CATALOG.topics().forEach(this::addTopic);
        names.forEach(name -> addSection(newest(name)));
        return page.toString();
    }

    private static EventType<?> newest(String name) {
        return ShopEvents.CATALOG.types().stream()
                .filter(type -> type.name().equals(name))
                .reduce((_, newer) -> newer)
                .orElseThrow();
    }

    private void addRow(EventType<?> type) {
        String title = schema(type).path("title").asString();
        page.append(
                "| [%s](#%s) | `%s` | %s | %s |\n"
                        .formatted(
                                title,
                                title.toLowerCase(Locale.ROOT),
                                type.topic().name(),
                                type.topic().owner(),
                                groups(type)));
    }

    private void addTopic(Topic topic) {
        page.append(
                "| `%s` | %s | id of the %s | %s |\n"
                        .formatted(
                                topic.name(),
                                topic.owner(),
                                topic.aggregateType(),
                                topic.retention() == null
                                        ? "for ever"
                                        : topic.retention().toDays() + " days"));
    }

    private void addSection(EventType<?> type) {
        JsonNode schema = schema(type);
        page.append(
                """

                ## %s

                %s

                - **Name** `%s`, version %s; `ce_type` is `%s`
                - **Topic** `%s`, with the id of the %s as the key
                - **Producer** %s
                - **Consumers** %s

                %s
                ```json
                %s
                ```

                %s\
                """
                        .formatted(
                                schema.path("title").asString(),
                                schema.path("description").asString(),
                                type.name(),
                                type.version(),
                                type.wireName(),
                                type.topic().name(),
                                type.topic().aggregateType(),
                                type.topic().owner(),
                                groups(type),
                                FieldTable.of(schema),
                                GoldenSample.of(type).getFirst().json().strip(),
                                history(type)));
    }

    private String groups(EventType<?> type) {
        List<String> groups = consumers.of(type);
        return groups.isEmpty()
                ? "nobody here"
                : groups.stream().map(group -> "`" + group + "`").collect(Collectors.joining(", "));
    }

    /// Each version's line from the change log, the newest first, with its schema.
    private static String history(EventType<?> newest) {
        List<String> lines = read("/schemas/" + newest.name() + "/changes.md").lines().toList();
        return ShopEvents.CATALOG.types().stream()
                .filter(type -> type.name().equals(newest.name()))
                .toList()
                .reversed()
                .stream()
                .map(type ->
                        line(type, lines)
                                + " [Schema]("
                                + RESOURCES
                                + type.schemaResource()
                                + ")\n")
                .collect(Collectors.joining());
    }

    private static String line(EventType<?> type, List<String> changes) {
        return changes.stream()
                .filter(line -> line.startsWith("- **" + type.version() + "** ("))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "changes.md of %s has no line for %s"
                                        .formatted(type.name(), type.version())));
    }

    private static JsonNode schema(EventType<?> type) {
        return JsonMapper.shared().readTree(read(type.schemaResource()));
    }

    private static String read(String resource) {
        try {
            return new ClassPathResource(resource).getContentAsString(UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
