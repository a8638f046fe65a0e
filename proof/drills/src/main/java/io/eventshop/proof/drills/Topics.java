package io.eventshop.proof.drills;

import io.eventshop.launcher.servers.EventLog;
import io.eventshop.launcher.servers.RawRecord;
import io.eventshop.launcher.services.Service.Consumer;
import io.eventshop.proof.shop.History;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Kafka, as far as a drill looks at it: what has been published since the drill began, and how far
/// the services have read. Not to be asked while the broker is paused.
final class Topics implements AutoCloseable {

    static final String ORDERS = "orders.events";
    static final String RESERVATIONS = "reservations.events";
    static final String ITEMS = "items.events";
    static final String STOCK = "stock.events";

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final History history;
    private final EventLog log;
    private final EventLog.Reader reader;
    private final List<Event> events = new ArrayList<>();

    Topics(String bootstrapServers, History history) throws IOException {
        this.history = history;
        this.log = EventLog.kafka(bootstrapServers, ANSWER_WITHIN);
        this.reader = log.fromEnd(log.topics(".events"));
    }

    /// What has been published since the drill began, of each partition in order.
    List<Event> all() throws IOException {
        reader.readToEnd(record -> events.add(Event.of(record)));
        return List.copyOf(events);
    }

    List<Event> of(String topic, Collection<?> keys) throws IOException {
        var wanted = keys.stream().map(Object::toString).toList();
        return all().stream()
                .filter(event -> event.topic().equals(topic) && wanted.contains(event.key()))
                .toList();
    }

    /// The records that say of these orders that they were placed, repetitions included.
    List<Event> placed(List<UUID> orders) throws IOException {
        return of(ORDERS, orders).stream().filter(event -> event.version() == 1).toList();
    }

    /// All events about an order.
    List<Event> of(UUID order) throws IOException {
        return all().stream().filter(event -> event.key().equals(order.toString())).toList();
    }

    /// Puts records into the topics that no service has sent, and notes that for the check.
    void send(List<RawRecord> records, String why) throws IOException {
        for (RawRecord record : records) {
            history.recordInjected(log.write(record), why);
        }
    }

    /// How many records of its topics a group has not dealt with.
    long lag(Consumer reader) throws IOException {
        return log.progress(reader.group(), reader.topics()).behind();
    }

    boolean areRead(Collection<Consumer> readers) throws IOException {
        for (Consumer reader : readers) {
            if (lag(reader) > 0) {
                return false;
            }
        }
        return true;
    }

    int members(Consumer reader) throws IOException {
        return group(reader).members();
    }

    String state(Consumer reader) throws IOException {
        return group(reader).state();
    }

    private EventLog.Group group(Consumer reader) throws IOException {
        return log.groups().stream()
                .filter(group -> group.name().equals(reader.group()))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no group " + reader.group()));
    }

    @Override
    public void close() {
        reader.close();
        log.close();
    }
}
