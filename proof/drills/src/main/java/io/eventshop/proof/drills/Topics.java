package io.eventshop.proof.drills;

import io.eventshop.launcher.services.Service.Consumer;
import io.eventshop.proof.shop.History;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Kafka, as far as a drill looks at it: what has been published since the drill began, and how far
/// the services have read. Not to be asked while the broker is paused.
final class Topics implements AutoCloseable {

    static final String ORDERS = "orders.events";
    static final String RESERVATIONS = "reservations.events";
    static final String ITEMS = "items.events";
    static final String STOCK = "stock.events";

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final Map<String, Object> connection;
    private final History history;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Admin admin;
    private final Map<TopicPartition, Long> start;

    Topics(String bootstrapServers, History history) {
        this.connection =
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "enable.metrics.push",
                        false,
                        "request.timeout.ms",
                        (int) ANSWER_WITHIN.toMillis(),
                        "default.api.timeout.ms",
                        (int) ANSWER_WITHIN.toMillis());
        this.history = history;
        this.admin = Admin.create(connection);
        this.consumer =
                new KafkaConsumer<>(
                        connection, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partitions =
                consumer.listTopics().entrySet().stream()
                        .filter(topic -> topic.getKey().endsWith(".events"))
                        .flatMap(topic -> topic.getValue().stream())
                        .map(found -> new TopicPartition(found.topic(), found.partition()))
                        .toList();
        consumer.assign(partitions);
        this.start = consumer.endOffsets(partitions);
    }

    /// What has been published since the drill began, of each partition in order.
    List<Event> all() throws IOException {
        try {
            start.forEach(consumer::seek);
            Map<TopicPartition, Long> ends = consumer.endOffsets(start.keySet());
            var events = new ArrayList<Event>();
            long begin = System.nanoTime();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(record -> events.add(Event.of(record)));
                if (System.nanoTime() - begin > ANSWER_WITHIN.toNanos()) {
                    throw new IOException("Kafka has stopped to answer");
                }
            }
            return events;
        } catch (KafkaException e) {
            throw new IOException("Kafka does not answer: " + e.getMessage(), e);
        }
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
    void send(List<ProducerRecord<byte[], byte[]>> records, String why) throws IOException {
        try (var producer =
                new KafkaProducer<>(
                        connection, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (ProducerRecord<byte[], byte[]> record : records) {
                var sent = producer.send(record).get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS);
                history.recordInjected(sent.topic(), sent.partition(), sent.offset(), why);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Kafka did not take the record: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// How many records of its topics a group has not dealt with.
    long lag(Consumer reader) throws IOException {
        var committed =
                get(admin.listConsumerGroupOffsets(reader.group()).partitionsToOffsetAndMetadata());
        var ends = new HashMap<TopicPartition, Long>(consumer.endOffsets(start.keySet()));
        ends.keySet().removeIf(partition -> !reader.topics().contains(partition.topic()));
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    var offset = committed.get(end.getKey());
                    return end.getValue() - (offset == null ? 0 : offset.offset());
                })
                .sum();
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
        return description(reader).members().size();
    }

    String state(Consumer reader) throws IOException {
        return description(reader).groupState().toString();
    }

    private ConsumerGroupDescription description(Consumer reader) throws IOException {
        var answer = get(admin.describeConsumerGroups(List.of(reader.group())).all());
        return answer.values().iterator().next();
    }

    private static <T> T get(KafkaFuture<T> answer) throws IOException {
        try {
            return answer.get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Kafka does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
        admin.close(Duration.ZERO);
    }
}
