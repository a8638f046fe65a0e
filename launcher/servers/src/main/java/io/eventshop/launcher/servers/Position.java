package io.eventshop.launcher.servers;

/// Where a record lies in a broker: opaque texts, to be shown and to be compared for equality.
///
/// @param lane the part of the topic whose order the broker keeps; Kafka: the partition
/// @param at the place in the lane; Kafka: the offset
public record Position(String topic, String lane, String at) {

    @Override
    public String toString() {
        return "%s-%s-%s".formatted(topic, lane, at);
    }
}
