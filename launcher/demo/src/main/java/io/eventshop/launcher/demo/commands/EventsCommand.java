package io.eventshop.launcher.demo.commands;

import io.eventshop.launcher.demo.Arguments;
import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.demo.Refusal;
import io.eventshop.launcher.demo.client.DemoShop;
import io.eventshop.launcher.servers.WireRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// `./demo events`: what is on Kafka, from the beginning; with `--follow` also what comes.
public final class EventsCommand implements Command {

    private static final String TOPICS_END_WITH = ".events";
    private static final Duration POLL = Duration.ofMillis(500);

    /// There is more to read, and nothing has come for this long: 20 s.
    private static final int SILENT_POLLS_MAX = 40;

    private static final int BROKER_ANSWERS_WITHIN_MILLIS = 5_000;

    /// Partitions are read one after the other; sorting makes one story of them. This many lines
    /// are sorted at a time, which takes about 60 MB.
    private static final int SORTED_LINES_MAX = 100_000;

    private final Checkout checkout;
    private final Console console;

    public EventsCommand(Checkout checkout, Console console) {
        this.checkout = checkout;
        this.console = console;
    }

    @Override
    public Arguments.Syntax syntax() {
        return new Arguments.Syntax("events", Set.of("order"), Set.of("follow"));
    }

    @Override
    public int run(Arguments arguments) {
        DemoShop shop = DemoShop.running(checkout);
        var filter = new EventFilter(arguments.text("order", ""));
        try (var consumer = consumer(shop)) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            console.print(EventLine.heading());
            printWhatIsThere(consumer, consumer.endOffsets(partitions), filter);
            while (arguments.has("follow")) {
                print(poll(consumer), filter);
            }
            return 0;
        } catch (KafkaException e) {
            throw Refusal.because(
                    "Kafka at %s does not answer: %s"
                            .formatted(shop.bootstrapServers(), e.getMessage()));
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(DemoShop shop) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        shop.bootstrapServers(),
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        BROKER_ANSWERS_WITHIN_MILLIS,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        2_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.listTopics().entrySet().stream()
                .filter(topic -> topic.getKey().endsWith(TOPICS_END_WITH))
                .flatMap(topic -> topic.getValue().stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    private void printWhatIsThere(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            EventFilter filter) {
        var lines = new ArrayList<EventLine>();
        int silentPolls = 0;
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            List<EventLine> polled = poll(consumer);
            lines.addAll(polled);
            silentPolls = polled.isEmpty() ? silentPolls + 1 : 0;
            if (silentPolls > SILENT_POLLS_MAX) {
                throw Refusal.because("Kafka has stopped to answer; ./demo status says more.");
            }
            if (lines.size() >= SORTED_LINES_MAX) {
                print(lines, filter);
                lines.clear();
            }
        }
        print(lines, filter);
    }

    private static List<EventLine> poll(KafkaConsumer<byte[], byte[]> consumer) {
        var lines = new ArrayList<EventLine>();
        for (ConsumerRecord<byte[], byte[]> event : consumer.poll(POLL)) {
            lines.add(EventLine.of(WireRecord.of(event)));
        }
        return lines;
    }

    private void print(List<EventLine> lines, EventFilter filter) {
        lines.stream()
                .sorted(Comparator.comparingLong(EventLine::appendedAtMillis))
                .filter(filter::admits)
                .forEach(line -> console.print(line.toString()));
    }
}
