package io.eventshop.testkit.transport;

import io.eventshop.contracts.Topic;
import io.eventshop.messaging.transport.Broker;
import io.eventshop.messaging.transport.Consumption;
import io.eventshop.messaging.transport.Delivery;
import io.eventshop.messaging.transport.Outcome;
import io.eventshop.messaging.transport.Position;
import io.eventshop.messaging.transport.Receiver;
import io.eventshop.testkit.Eventually;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Shows what lies in a topic, by a consumer of its own. Make it before anything is published: a
/// broker that is not a log keeps records only for consumers that it knows.
final class Tap implements AutoCloseable {

    /// Behind all others of its key, so that whoever has seen it has seen them.
    private static final int END = 0;

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Broker broker;
    private final Topic topic;
    private final Receiver receiver;

    /// A redelivered record has its old position, and its old place here.
    private final Map<Position, Delivery> deliveries = new LinkedHashMap<>();

    Tap(Broker broker, Topic topic) {
        this.broker = broker;
        this.topic = topic;
        var consumption =
                new Consumption(
                        "tap-" + UUID.randomUUID(), List.of(topic), 500, Duration.ofMinutes(1));
        this.receiver =
                broker.receiver(
                        consumption,
                        batch -> {
                            add(batch);
                            return Optional.empty();
                        });
        if (!broker.capabilities().isLog()) {
            receiver.start();
        }
    }

    private synchronized void add(List<Delivery> batch) {
        batch.forEach(delivery -> deliveries.putIfAbsent(delivery.position(), delivery));
    }

    /// All records of these keys, duplicates too, each key in its order.
    ///
    /// @param keys all that are in the topic
    List<Numbered> stored(Collection<String> keys) {
        if (!receiver.isRunning()) {
            receiver.start();
        }
        writeEnds(keys);
        Eventually.await("the ends of " + keys.size() + " keys").until(() -> hasEnds(keys));
        return numbered().stream().filter(one -> one.number() != END).toList();
    }

    private void writeEnds(Collection<String> keys) {
        var ends =
                keys.stream()
                        .map(key -> new Numbered(key, END).to(topic.name(), Numbered.BYTES_MIN))
                        .toList();
        try (var transport = broker.transport()) {
            Eventually.await("the ends are accepted")
                    .until(() ->
                            transport.send(ends, DEADLINE).stream()
                                    .allMatch(Outcome.Acked.class::isInstance));
        }
    }

    private boolean hasEnds(Collection<String> keys) {
        return numbered().stream()
                .filter(one -> one.number() == END)
                .map(Numbered::key)
                .distinct()
                .toList()
                .containsAll(keys);
    }

    private synchronized List<Numbered> numbered() {
        return deliveries.values().stream().map(Numbered::of).toList();
    }

    @Override
    public void close() {
        receiver.stop();
    }
}
