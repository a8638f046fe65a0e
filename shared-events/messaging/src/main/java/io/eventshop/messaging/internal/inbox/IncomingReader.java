package io.eventshop.messaging.internal.inbox;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.Topic;
import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.messaging.internal.codec.UnreadableEventException;
import io.eventshop.messaging.internal.inbox.Incoming.Content;
import io.eventshop.messaging.transport.Attributes;
import io.eventshop.messaging.transport.Delivery;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads records for a subscription, and never throws for one: what cannot be read says why.
///
/// An unknown type is foreign: a new event must not break old consumers. An unknown major version
/// of a type that is handled is unreadable: it must not be skipped. So is a record without a type.
///
/// So is one without the [Provenance] of what it says it is. It is known by its position and not by
/// the id that it claims: that is another event's, which would be taken for a duplicate.
record IncomingReader(EventCatalog catalog, EventCodec codec) {

    private static final Pattern MAJOR = Pattern.compile("[0-9]+");

    Incoming read(Subscription<?> subscription, Delivery delivery) {
        Map<String, String> attributes = delivery.attributes();
        if (isForeign(subscription, attributes)) {
            return incoming(subscription, attributes, delivery, new Content.Foreign());
        }
        Content content;
        String aggregateId = null;
        try {
            var envelope = codec.open(delivery);
            attributes = envelope.attributes();
            if (isForeign(subscription, attributes)) {
                return incoming(subscription, attributes, delivery, new Content.Foreign());
            }
            var event = codec.decode(envelope);
            aggregateId = event.aggregateId();
            content = new Content.Decoded(event, codec.metadata(envelope));
        } catch (UnreadableEventException e) {
            content = new Content.Unreadable(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // The codec promises not to. If it did after all, retrying would stop the partition.
            content = new Content.Unreadable("the codec failed: " + e.getClass());
        }
        var objection = Provenance.objection(catalog, delivery, attributes, aggregateId);
        if (objection.isPresent()) {
            content = new Content.Unreadable(objection.get());
            return incoming(subscription, attributes, delivery.position().id(), delivery, content);
        }
        return incoming(subscription, attributes, delivery, content);
    }

    /// Whether the event is not meant for a handler in whatever major version: one that the catalog
    /// does not know yet must not be skipped.
    private boolean isForeign(Subscription<?> subscription, Map<String, String> attributes) {
        String type = attributes.get(Attributes.TYPE);
        return type != null
                && subscription.events().stream()
                        .map(event -> catalog.of(event).family())
                        .noneMatch(family -> isOf(family, type));
    }

    private static boolean isOf(String family, String type) {
        return type.startsWith(family) && MAJOR.matcher(type.substring(family.length())).matches();
    }

    private static Incoming incoming(
            Subscription<?> subscription,
            Map<String, String> attributes,
            Delivery delivery,
            Content content) {
        var id = id(attributes.get(Attributes.ID)).orElseGet(() -> delivery.position().id());
        return incoming(subscription, attributes, id, delivery, content);
    }

    private static Incoming incoming(
            Subscription<?> subscription,
            Map<String, String> attributes,
            UUID id,
            Delivery delivery,
            Content content) {
        return new Incoming(
                id,
                Sequence.of(subscription.name(), delivery, id),
                Attributes.token(attributes, Attributes.CORRELATION_ID).orElse(null),
                keyName(subscription, delivery),
                delivery,
                content);
    }

    private static @Nullable String keyName(Subscription<?> subscription, Delivery delivery) {
        return subscription.topics().stream()
                .filter(topic -> topic.name().equals(delivery.position().topic()))
                .findFirst()
                .map(Topic::keyName)
                .orElse(null);
    }

    private static Optional<UUID> id(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
