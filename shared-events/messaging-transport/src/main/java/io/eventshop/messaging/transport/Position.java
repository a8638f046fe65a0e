package io.eventshop.messaging.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/// Where a record lies: the same on every redelivery, another one for every other record. Opaque:
/// only the broker that made it knows what its parts mean, and whether one of them is a number.
///
/// @param origin what the record is in, so that a broker that was set up anew gives other positions
///   (Kafka: the cluster)
/// @param lane within which records keep their order (Kafka: the partition)
/// @param at where in the lane (Kafka: the offset)
public record Position(String origin, String topic, String lane, String at) {

    /// An id for a record that brings none that can be read; the same on every redelivery.
    public UUID id() {
        return UUID.nameUUIDFromBytes(String.join("/", origin, topic, lane, at).getBytes(UTF_8));
    }

    /// Where in its topic, for people.
    public String place() {
        return lane + "@" + at;
    }

    /// For people: without the origin.
    @Override
    public String toString() {
        return topic + "-" + place();
    }
}
