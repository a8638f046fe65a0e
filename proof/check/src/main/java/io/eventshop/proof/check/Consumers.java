package io.eventshop.proof.check;

import static java.util.stream.Collectors.toMap;

import io.eventshop.launcher.services.Service;
import io.eventshop.proof.shop.Services;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/// How far the consumers of the services have come in their topics.
final class Consumers implements AutoCloseable {

    /// Who has to read what, as the services say. A group that has never committed anything is not
    /// in the broker's list.
    private static final List<Service.Consumer> ALL =
            Services.ALL.stream().flatMap(service -> service.consumers().stream()).toList();

    private static final long ANSWER_WITHIN_SECONDS = 10;

    private final Admin admin;

    Consumers(String bootstrapServers) {
        this.admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG,
                                false));
    }

    /// @param lagging a sentence for each consumer that has not read everything
    /// @param state changes whenever something is published or read
    record Progress(List<String> lagging, String state) {}

    /// @throws IOException if the broker does not answer
    Progress progress() throws IOException {
        try {
            return read();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the broker does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Progress read() throws ExecutionException, TimeoutException, InterruptedException {
        Set<String> existing = get(admin.listTopics().names());
        var lagging = new ArrayList<String>();
        var state = new StringBuilder();
        for (var consumer : ALL) {
            var topics = consumer.topics().stream().filter(existing::contains).toList();
            Map<TopicPartition, Long> ends = ends(topics);
            Map<TopicPartition, OffsetAndMetadata> committed = committed(consumer.group());
            long behind = 0;
            for (var end : ends.entrySet()) {
                OffsetAndMetadata offset = committed.get(end.getKey());
                behind += end.getValue() - (offset == null ? 0 : offset.offset());
            }
            if (behind > 0) {
                lagging.add(
                        "%s is %d records behind in %s"
                                .formatted(consumer.group(), behind, String.join(", ", topics)));
            }
            state.append(behind).append('/').append(ends.values()).append(' ');
        }
        return new Progress(lagging, state.toString());
    }

    private Map<TopicPartition, Long> ends(List<String> topics)
            throws ExecutionException, TimeoutException, InterruptedException {
        var partitions = new HashMap<TopicPartition, OffsetSpec>();
        get(admin.describeTopics(topics).allTopicNames())
                .forEach((topic, description) ->
                        description
                                .partitions()
                                .forEach(partition ->
                                        partitions.put(
                                                new TopicPartition(topic, partition.partition()),
                                                OffsetSpec.latest())));
        return get(admin.listOffsets(partitions).all()).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group)
            throws TimeoutException, InterruptedException {
        try {
            return get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        } catch (ExecutionException e) {
            return Map.of(); // there is no such group yet
        }
    }

    private static <T> T get(KafkaFuture<T> answer)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
