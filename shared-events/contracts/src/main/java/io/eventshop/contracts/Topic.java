package io.eventshop.contracts;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A named stream of the events of one kind of aggregate. Its owner is the only writer, and
/// declares it.
///
/// @param name as the broker knows it
/// @param owner the service that writes it, by its `spring.application.name`
/// @param aggregateType the kind of aggregate whose id is the key, e.g. `order`
/// @param keyName what the key is called where an event of the topic is named in a log, e.g.
///   `orderId`
/// @param retention how long the broker keeps a record; null keeps all of them for ever
public record Topic(
        String name,
        String owner,
        String aggregateType,
        String keyName,
        @Nullable Duration retention) {

    /// Never changed after the first release: another count would send a key's later events to
    /// another partition, and order per key would be lost.
    public static final int PARTITIONS = 6;

    /// The CloudEvents `source` of its events, e.g. `/order-service`. Whoever reads one demands it.
    public String source() {
        return "/" + owner;
    }
}
