package io.eventshop.testkit.asyncapi;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.shop.ShopEvents;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What one service publishes and consumes, as an AsyncAPI 3 document that stands for itself:
/// schemas are written out, so that one file is enough.
public final class AsyncApiDocument {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ObjectNode document = template();

    private AsyncApiDocument() {}

    /// @param service its `spring.application.name`
    public static String of(String service, List<Consumer> consumers) {
        var made = new AsyncApiDocument();
        made.document.withObjectProperty("info").put("title", service);
        ShopEvents.CATALOG.topicsOf(service).forEach(made::publish);
        consumers.stream()
                .sorted(Comparator.comparing(Consumer::name))
                .forEach(consumer ->
                        consumer.topics().forEach(topic -> made.consume(service, consumer, topic)));
        return made.yaml();
    }

    private static ObjectNode template() {
        var file = AsyncApiDocument.class.getResourceAsStream("template.yaml");
        return JSON.valueToTree(new Yaml().<Object>load(Objects.requireNonNull(file)));
    }

    /// A fact is published in one version only, the newest.
    private void publish(Topic topic) {
        var _ =
                addOperation(
                        "publish." + topic.name(),
                        "send",
                        "Published at least once, in order for each key.",
                        topic,
                        Messages.newestMinors(
                                topic, type -> Event.class.isAssignableFrom(type.payload())));
    }

    private void consume(String service, Consumer consumer, Topic topic) {
        ObjectNode operation =
                addOperation(
                        consumer.name() + "." + topic.name(),
                        "receive",
                        "Applied once; other types in the topic are ignored.",
                        topic,
                        consumer.reads(topic));
        ObjectNode kafka = operation.putObject("bindings").putObject("kafka");
        kafka.set("groupId", Messages.constant(service + "." + consumer.name()));
        kafka.put("bindingVersion", "0.5.0");
    }

    private ObjectNode addOperation(
            String name, String action, String summary, Topic topic, List<EventType<?>> types) {
        ObjectNode operation = document.withObjectProperty("operations").putObject(name);
        operation.put("action", action).put("summary", summary);
        operation.putObject("channel").put("$ref", "#/channels/" + topic.name());
        var references = operation.putArray("messages");
        ObjectNode carried = channel(topic).withObjectProperty("messages");
        ObjectNode messages = document.withObject("/components/messages");
        for (EventType<?> type : types) {
            String key = Messages.key(type);
            messages.set(key, Messages.message(type));
            carried.putObject(key).put("$ref", "#/components/messages/" + key);
            references
                    .addObject()
                    .put("$ref", "#/channels/%s/messages/%s".formatted(topic.name(), key));
        }
        return operation;
    }

    /// Two operations may share one.
    private ObjectNode channel(Topic topic) {
        ObjectNode channel =
                document.withObjectProperty("channels").withObjectProperty(topic.name());
        Duration retention = topic.retention();
        String kept = retention == null ? "ever" : retention.toDays() + " days";
        channel.put("address", topic.name());
        channel.put(
                "description",
                "Written by %s only. The key is the id of the %s; records are kept for %s."
                        .formatted(topic.owner(), topic.aggregateType(), kept));
        channel.withObjectProperty("messages");
        ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
        kafka.put("partitions", Topic.PARTITIONS);
        ObjectNode configuration = kafka.putObject("topicConfiguration");
        configuration.putArray("cleanup.policy").add("delete");
        configuration.put("retention.ms", retention == null ? -1 : retention.toMillis());
        kafka.put("bindingVersion", "0.5.0");
        return channel;
    }

    private String yaml() {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        return "# Generated from the code; CONTRIBUTING.md says how.\n"
                + new Yaml(options).dump(JSON.treeToValue(document, Object.class));
    }
}
