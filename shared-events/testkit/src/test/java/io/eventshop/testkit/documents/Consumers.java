package io.eventshop.testkit.documents;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.eventshop.contracts.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who listens to what, by the AsyncAPI documents of the services; a test of each service holds its
/// document to its subscriptions.
record Consumers(Map<String, List<String>> groupsByMessage) {

    private static final JsonMapper JSON = JsonMapper.shared();

    private record Reading(String message, String group) {}

    static Consumers read(Path top) {
        try (Stream<Path> modules = Files.list(top)) {
            return new Consumers(
                    modules.map(module -> module.resolve("asyncapi.yaml"))
                            .filter(Files::exists)
                            .sorted()
                            .flatMap(Consumers::readings)
                            .collect(
                                    groupingBy(
                                            Reading::message,
                                            TreeMap::new,
                                            mapping(Reading::group, toList()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Reading> readings(Path document) {
        return parse(document)
                .path("operations")
                .valueStream()
                .filter(operation -> operation.path("action").asString().equals("receive"))
                .flatMap(operation ->
                        operation
                                .path("messages")
                                .valueStream()
                                .map(message -> new Reading(key(message), group(operation))));
    }

    private static JsonNode parse(Path document) {
        try {
            return JSON.valueToTree(new Yaml().load(Files.readString(document)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(JsonNode message) {
        String reference = message.path("$ref").asString();
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static String group(JsonNode operation) {
        return operation.at("/bindings/kafka/groupId/const").asString();
    }

    /// The consumer groups that apply events of this type.
    List<String> of(EventType<?> type) {
        return groupsByMessage.getOrDefault(type.name() + ".v" + type.major(), List.of());
    }
}
