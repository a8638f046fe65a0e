package io.eventshop.testkit.asyncapi;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.shop.ShopEvents;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/// What one service publishes and consumes, as an AsyncAPI 3 document that stands for itself:
/// schemas are written out, so that one file is enough.
public final class AsyncApiDocument {

    private final String service;
    private final List<Consumer> consumers;

    /// References to the messages of each topic; two operations may share one.
    private final Map<Topic, Map<String, Object>> carried = new LinkedHashMap<>();

    private final Map<String, Object> operations = new LinkedHashMap<>();
    private final Map<String, Object> messages = new LinkedHashMap<>();

    private AsyncApiDocument(String service, List<Consumer> consumers) {
        this.service = service;
        this.consumers = consumers.stream().sorted(Comparator.comparing(Consumer::name)).toList();
    }

    /// @param service its `spring.application.name`
    public static String of(String service, List<Consumer> consumers) {
        return new AsyncApiDocument(service, consumers).yaml();
    }

    private String yaml() {
        ShopEvents.CATALOG.topics().stream()
                .filter(topic -> topic.owner().equals(service))
                .forEach(this::publish);
        for (Consumer consumer : consumers) {
            consumer.topics().forEach(topic -> consume(consumer, topic));
        }

        var document = new LinkedHashMap<String, Object>();
        document.put("asyncapi", "3.0.0");
        document.put("info", info());
        document.put("defaultContentType", "application/json");
        document.put("servers", Map.of("demo", server()));
        document.put("channels", channels());
        document.put("operations", operations);
        document.put("components", components());
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        return "# Generated from the code; CONTRIBUTING.md says how.\n"
                + new Yaml(options).dump(document);
    }

    /// A fact is published in one version only, the newest.
    private void publish(Topic topic) {
        List<EventType<?>> types =
                Messages.newestMinors(
                        ShopEvents.CATALOG.types().stream()
                                .filter(type -> type.topic().equals(topic))
                                .filter(type -> Event.class.isAssignableFrom(type.payload())));
        operations.put(
                "publish." + topic.name(),
                operation("send", "Published at least once, in order for each key.", topic, types));
    }

    private void consume(Consumer consumer, Topic topic) {
        Map<String, Object> operation =
                operation(
                        "receive",
                        "Applied once; other types in the topic are ignored.",
                        topic,
                        consumer.reads(topic));
        var group = new LinkedHashMap<String, Object>();
        group.put("type", "string");
        group.put("const", service + "." + consumer.name());
        var binding = new LinkedHashMap<String, Object>();
        binding.put("groupId", group);
        binding.put("bindingVersion", "0.5.0");
        operation.put("bindings", Map.of("kafka", binding));
        operations.put(consumer.name() + "." + topic.name(), operation);
    }

    private Map<String, Object> operation(
            String action, String summary, Topic topic, List<EventType<?>> types) {
        var references = carried.computeIfAbsent(topic, _ -> new LinkedHashMap<>());
        for (EventType<?> type : types) {
            String message = Messages.key(type);
            references.put(message, reference("#/components/messages/" + message));
            messages.put(message, Messages.message(type));
        }
        var operation = new LinkedHashMap<String, Object>();
        operation.put("action", action);
        operation.put("summary", summary);
        operation.put("channel", reference("#/channels/" + topic.name()));
        operation.put(
                "messages",
                types.stream()
                        .map(type ->
                                reference(
                                        "#/channels/%s/messages/%s"
                                                .formatted(topic.name(), Messages.key(type))))
                        .toList());
        return operation;
    }

    private static Map<String, String> reference(String to) {
        // A new one each time: the same object twice would become an alias in YAML.
        var reference = new LinkedHashMap<String, String>();
        reference.put("$ref", to);
        return reference;
    }

    private Map<String, Object> channels() {
        var channels = new LinkedHashMap<String, Object>();
        carried.forEach((topic, references) -> {
            var channel = new LinkedHashMap<String, Object>();
            channel.put("address", topic.name());
            channel.put(
                    "description",
                    "Written by %s only. The key is the id of the %s; %s."
                            .formatted(topic.owner(), topic.aggregateType(), kept(topic)));
            channel.put("messages", references);
            channel.put("bindings", Map.of("kafka", binding(topic)));
            channels.put(topic.name(), channel);
        });
        return channels;
    }

    private static String kept(Topic topic) {
        return topic.retention() == null
                ? "records are kept for ever"
                : "records are kept for " + topic.retention().toDays() + " days";
    }

    private static Map<String, Object> binding(Topic topic) {
        var configuration = new LinkedHashMap<String, Object>();
        configuration.put("cleanup.policy", List.of("delete"));
        configuration.put(
                "retention.ms", topic.retention() == null ? -1 : topic.retention().toMillis());
        var binding = new LinkedHashMap<String, Object>();
        binding.put("partitions", Topic.PARTITIONS);
        binding.put("topicConfiguration", configuration);
        binding.put("bindingVersion", "0.5.0");
        return binding;
    }

    private Map<String, Object> info() {
        var license = new LinkedHashMap<String, Object>();
        license.put("name", "Apache-2.0");
        license.put("url", "https://www.apache.org/licenses/LICENSE-2.0");
        var info = new LinkedHashMap<String, Object>();
        info.put("title", service);
        info.put("version", "v1");
        info.put(
                "description",
                "The events that this part of Event Shop publishes and consumes: CloudEvents 1.0 in"
                        + " binary mode on Kafka. Structured mode is read as well. Readers ignore"
                        + " fields that they do not know.");
        info.put("license", license);
        return info;
    }

    private Map<String, Object> components() {
        var components = new LinkedHashMap<String, Object>();
        components.put("messages", messages);
        components.put("messageTraits", Map.of("cloudEvent", CloudEventTrait.trait()));
        return components;
    }

    private static Map<String, Object> server() {
        var server = new LinkedHashMap<String, Object>();
        server.put("host", "localhost:19092");
        server.put("protocol", "kafka");
        server.put("description", "The broker of ./demo and of docker compose");
        return server;
    }
}
