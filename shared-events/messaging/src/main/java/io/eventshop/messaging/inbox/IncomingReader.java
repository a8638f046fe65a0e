package io.eventshop.messaging.inbox;

import io.eventshop.contracts.Topics;
import io.eventshop.messaging.codec.Attributes;
import io.eventshop.messaging.codec.EventCodec;
import io.eventshop.messaging.codec.UnreadableEventException;
import io.eventshop.messaging.inbox.Incoming.Content;
import io.eventshop.messaging.transport.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads records for a subscription, and never throws for one: what cannot be read says why.
///
/// An unknown type is foreign: a new event must not break old consumers. An unknown major version
/// of a type that is handled is unreadable: it must not be skipped. So is a record without a type.
final class IncomingReader {

    /// Topics whose key is the id of an order.
    private static final Set<String> ABOUT_ORDERS =
            Set.of(Topics.ORDERS.name(), Topics.RESERVATIONS.name());

    private final EventCodec codec;

    IncomingReader(EventCodec codec) {
        this.codec = codec;
    }

    Incoming read(Subscription subscription, Delivery delivery) {
        Map<String, String> attributes = delivery.attributes();
        if (isForeign(subscription, attributes)) {
            return incoming(attributes, delivery, new Content.Foreign());
        }
        try {
            var envelope = codec.open(delivery);
            attributes = envelope.attributes();
            if (isForeign(subscription, attributes)) {
                return incoming(attributes, delivery, new Content.Foreign());
            }
            var event = codec.decode(envelope);
            return incoming(
                    attributes, delivery, new Content.Decoded(event, codec.metadata(envelope)));
        } catch (UnreadableEventException e) {
            return incoming(
                    attributes, delivery, new Content.Unreadable(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            // The codec promises not to. If it did after all, retrying would stop the partition.
            return incoming(
                    attributes,
                    delivery,
                    new Content.Unreadable("the codec failed: " + e.getClass()));
        }
    }

    private static boolean isForeign(Subscription subscription, Map<String, String> attributes) {
        String type = attributes.get(Attributes.TYPE);
        return type != null && !subscription.handles(type);
    }

    private static Incoming incoming(
            Map<String, String> attributes, Delivery delivery, Content content) {
        var id = id(attributes.get(Attributes.ID)).orElseGet(() -> delivery.position().id());
        return new Incoming(
                id,
                Sequence.of(delivery, id),
                Attributes.token(attributes, Attributes.CORRELATION_ID).orElse(null),
                orderId(delivery),
                delivery,
                content);
    }

    private static @Nullable UUID orderId(Delivery delivery) {
        byte[] key = delivery.key();
        return key != null && ABOUT_ORDERS.contains(delivery.position().topic())
                ? id(new String(key, StandardCharsets.UTF_8)).orElse(null)
                : null;
    }

    private static Optional<UUID> id(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
