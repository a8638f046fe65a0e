package io.eventshop.messaging.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/// Notices records that the broker has deleted before this consumer group had read them, which
/// Kafka's client passes over in silence: it goes on with the oldest record that there is.
///
/// `eventshop.consumer.records.lost`, by group, counts their offsets, from zero at the start of the
/// service; anything above zero means that effects are missing. They are counted when a member of
/// the group gets the partition, and once: the position behind them is committed then. Where a
/// member has kept the partition all the while, they are counted when the first record behind them
/// arrives. A crash between counting and committing counts twice.
final class LostRecords implements ConsumerAwareRebalanceListener {

    private static final Logger log = LoggerFactory.getLogger(LostRecords.class);

    /// For each question to the broker, while the whole consumer waits for the answer.
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private final String group;
    private final Counter lost;

    /// The next offset of each partition, as far as it is known.
    private final Map<TopicPartition, Long> expected = new HashMap<>();

    LostRecords(String group, MeterRegistry registry) {
        this.group = group;
        this.lost =
                Counter.builder("eventshop.consumer.records.lost")
                        .description("Records deleted by retention before the group had read them")
                        .tag("group", group)
                        .register(registry);
    }

    /// A new group has no position and has lost nothing: it gets what there is.
    @Override
    public void onPartitionsAssigned(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        expected.keySet().removeAll(partitions);
        try {
            consumer.committed(new HashSet<>(partitions), ANSWER_MAX)
                    .forEach((partition, committed) -> {
                        if (committed != null) {
                            expected.put(partition, committed.offset());
                        }
                    });
            var passed = passOver(consumer, partitions, Long.MAX_VALUE);
            if (!passed.isEmpty()) {
                consumer.commitSync(passed, ANSWER_MAX);
            }
        } catch (KafkaException e) {
            // The records that arrive show it as well, where the positions were answered.
            log.warn("{}: no answer about the positions of {}", group, partitions, e);
        }
    }

    /// Before the batch is handled. Where its first record is not the next one, records were lost
    /// before it, or there are marks of somebody's transaction, which are no loss.
    void check(Consumer<?, ?> consumer, List<? extends ConsumerRecord<?, ?>> batch) {
        var firsts = new HashMap<TopicPartition, Long>();
        batch.forEach(one -> firsts.putIfAbsent(partition(one), one.offset()));
        firsts.forEach((partition, first) -> {
            Long next = expected.putIfAbsent(partition, first);
            if (next != null && next < first) {
                try {
                    var _ = passOver(consumer, List.of(partition), first);
                } catch (KafkaException e) {
                    log.warn(
                            "{}: offset {} of {} follows {}, and the broker does not say why",
                            group,
                            first,
                            partition,
                            next - 1,
                            e);
                }
            }
        });
    }

    /// The batch comes no more.
    void done(List<? extends ConsumerRecord<?, ?>> batch) {
        batch.forEach(one -> expected.put(partition(one), one.offset() + 1));
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /// @param first the offset that is in hand already, however far the log's start has moved since
    /// @return where the log begins, of those partitions that have lost records
    private Map<TopicPartition, OffsetAndMetadata> passOver(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions, long first) {
        var passed = new HashMap<TopicPartition, OffsetAndMetadata>();
        consumer.beginningOffsets(partitions, ANSWER_MAX)
                .forEach((partition, beginning) -> {
                    long start = Math.min(beginning, first);
                    long next = expected.getOrDefault(partition, start);
                    if (next < start) {
                        lost.increment((double) (start - next));
                        log.error(
                                "{}: {} records of {} were deleted before they had been read, offsets {} to {}",
                                group,
                                start - next,
                                partition,
                                next,
                                start - 1);
                        expected.put(partition, start);
                        passed.put(partition, new OffsetAndMetadata(start));
                    }
                });
        return passed;
    }
}
