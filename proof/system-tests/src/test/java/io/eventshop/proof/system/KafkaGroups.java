package io.eventshop.proof.system;

import static java.util.stream.Collectors.toMap;

import io.eventshop.testkit.Eventually;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// How far the consumer groups have come.
public final class KafkaGroups {

    private KafkaGroups() {}

    /// Returns when there are groups and each has committed up to the end of its partitions.
    public static void awaitCaughtUp(String bootstrapServers) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Eventually.await("all consumers have caught up")
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> areCaughtUp(admin));
        }
    }

    private static boolean areCaughtUp(Admin admin)
            throws ExecutionException, InterruptedException {
        var groups = admin.listGroups().all().get();
        boolean any = false;
        for (var group : groups) {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    admin.listConsumerGroupOffsets(group.groupId())
                            .partitionsToOffsetAndMetadata()
                            .get();
            var ends =
                    admin.listOffsets(
                                    committed.keySet().stream()
                                            .collect(toMap(at -> at, _ -> OffsetSpec.latest())))
                            .all()
                            .get();
            any |= !ends.isEmpty();
            if (ends.entrySet().stream()
                    .anyMatch(end -> offset(committed, end.getKey()) < end.getValue().offset())) {
                return false;
            }
        }
        return any;
    }

    private static long offset(
            Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition partition) {
        OffsetAndMetadata offset = committed.get(partition);
        return offset == null ? 0 : offset.offset();
    }
}
