package io.eventshop.messaging.internal.inbox;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.Topic;
import io.eventshop.messaging.transport.Attributes;
import io.eventshop.messaging.transport.Delivery;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a record has the right to say what it says. An event is believed only on a topic that
/// the catalog has for one of its versions, from the owner of that topic, and under the id of its
/// aggregate: record key, `subject`, `partitionkey` where there is one, and data agree.
final class Provenance {

    private Provenance() {}

    /// What is wrong, without any of the data; empty if nothing is, or if there is no type to judge
    /// by.
    ///
    /// @param attributes of an event that the catalog has in some version
    /// @param aggregateId as the data says; null if the data cannot be read
    static Optional<String> objection(
            EventCatalog catalog,
            Delivery delivery,
            Map<String, String> attributes,
            @Nullable String aggregateId) {
        String type = attributes.get(Attributes.TYPE);
        if (type == null) {
            return Optional.empty();
        }
        String name = delivery.position().topic();
        return topic(catalog, type, name)
                .map(topic -> objection(topic, delivery, attributes, aggregateId))
                .orElseGet(() -> Optional.of("%s is not read from %s".formatted(type, name)));
    }

    private static Optional<Topic> topic(EventCatalog catalog, String type, String name) {
        return catalog.types().stream()
                .filter(known -> known.topic().name().equals(name))
                .filter(known -> type.startsWith(known.family()))
                .<Topic>map(known -> known.topic())
                .findFirst();
    }

    private static Optional<String> objection(
            Topic topic,
            Delivery delivery,
            Map<String, String> attributes,
            @Nullable String aggregateId) {
        String subject = attributes.get(Attributes.SUBJECT);
        if (!topic.source().equals(attributes.get(Attributes.SOURCE))) {
            return Optional.of("the attribute source is not " + topic.source());
        }
        if (subject == null) {
            return Optional.of("the attribute subject is missing");
        }
        if (!Sequence.isKeyOf(subject, delivery.key())) {
            return Optional.of("the record's key is not the attribute subject");
        }
        if (!subject.equals(attributes.getOrDefault(Attributes.PARTITION_KEY, subject))) {
            return Optional.of("the attribute partitionkey is not the attribute subject");
        }
        if (!subject.equals(Objects.requireNonNullElse(aggregateId, subject))) {
            return Optional.of("the data is about another %s".formatted(topic.aggregateType()));
        }
        return Optional.empty();
    }
}
