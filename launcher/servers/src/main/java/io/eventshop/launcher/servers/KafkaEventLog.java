package io.eventshop.launcher.servers;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.eventshop.launcher.servers.RawRecord.Header;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// The topics of Kafka, by its plain clients.
final class KafkaEventLog implements EventLog {

    private static final Duration POLL = Duration.ofMillis(100);

    /// There is more to read, and nothing has come for this long.
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(20);

    private static final long REQUEST_MILLIS_MAX = 30_000;
    private static final Duration LEFT_WITHIN = Duration.ofSeconds(2);

    private final String bootstrapServers;
    private final Duration answerWithin;
    private final Map<String, Object> connection;
    private @Nullable Admin admin;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    KafkaEventLog(String bootstrapServers, Duration answerWithin) {
        this.bootstrapServers = bootstrapServers;
        this.answerWithin = answerWithin;
        this.connection =
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "request.timeout.ms",
                        (int) Math.min(REQUEST_MILLIS_MAX, answerWithin.toMillis()),
                        "enable.metrics.push",
                        false);
    }

    private synchronized Admin admin() throws IOException {
        try {
            if (admin == null) {
                admin =
                        Admin.create(
                                with(
                                        Map.of(
                                                "default.api.timeout.ms",
                                                (int) answerWithin.toMillis())));
            }
            return admin;
        } catch (KafkaException e) {
            throw unanswered(e);
        }
    }

    @Override
    public Set<String> topics(String ending) throws IOException {
        return get(admin().listTopics().names()).stream()
                .filter(topic -> topic.endsWith(ending))
                .collect(toSet());
    }

    @Override
    public void createTopic(String name, int lanes) throws IOException {
        try {
            var topic = new NewTopic(name, lanes, (short) 1);
            var _ = get(admin().createTopics(List.of(topic)).all());
        } catch (IOException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    @Override
    public void deleteTopics(Collection<String> topics) throws IOException {
        var _ = get(admin().deleteTopics(topics).all());
    }

    @Override
    public void limitRecordSize(String topic, int bytes) throws IOException {
        var limit = new ConfigEntry("max.message.bytes", Integer.toString(bytes));
        var change = List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET));
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var _ = get(admin().incrementalAlterConfigs(Map.of(resource, change)).all());
        // The controller has taken it before the broker has heard of it.
        long asked = System.nanoTime();
        while (!limit.value().equals(setting(resource, limit.name()))) {
            if (System.nanoTime() - asked > answerWithin.toNanos()) {
                throw new IOException(
                        "Kafka at %s has not heard of the limit".formatted(bootstrapServers));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private @Nullable String setting(ConfigResource resource, String name) throws IOException {
        var all = get(admin().describeConfigs(List.of(resource)).all()).get(resource);
        return all == null ? null : all.get(name).value();
    }

    @Override
    public List<Position> write(List<RawRecord> records) throws IOException {
        try {
            var sent = records.stream().map(record -> producer().send(toKafka(record))).toList();
            var positions = new ArrayList<Position>(records.size());
            for (var written : sent) {
                var at = get(written);
                positions.add(position(at.topic(), at.partition(), at.offset()));
            }
            return positions;
        } catch (KafkaException e) {
            throw unanswered(e);
        }
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            producer =
                    new KafkaProducer<>(
                            with(
                                    Map.of(
                                            "linger.ms",
                                            0,
                                            "max.block.ms",
                                            answerWithin.toMillis(),
                                            "delivery.timeout.ms",
                                            (int) answerWithin.toMillis())),
                            new ByteArraySerializer(),
                            new ByteArraySerializer());
        }
        return producer;
    }

    private static ProducerRecord<byte[], byte[]> toKafka(RawRecord record) {
        var message =
                new ProducerRecord<byte[], byte[]>(
                        record.topic(),
                        record.lane() == null ? null : Integer.valueOf(record.lane()),
                        record.key(),
                        record.value());
        record.headers().forEach(header -> message.headers().add(header.name(), header.value()));
        return message;
    }

    private static WireRecord fromKafka(ConsumerRecord<byte[], byte[]> record) {
        var position = position(record.topic(), record.partition(), record.offset());
        return new WireRecord(
                new RawRecord(
                        record.topic(),
                        position.lane(),
                        record.key(),
                        Arrays.stream(record.headers().toArray())
                                .map(header -> new Header(header.key(), header.value()))
                                .toList(),
                        record.value()),
                position,
                Instant.ofEpochMilli(record.timestamp()));
    }

    private static Position position(String topic, int partition, long offset) {
        return new Position(topic, Integer.toString(partition), Long.toString(offset));
    }

    @Override
    public Reader fromBeginning(Collection<String> topics) throws IOException {
        return new PlainReader(offsets(partitions(topics), OffsetSpec.earliest()));
    }

    @Override
    public Reader fromEnd(Collection<String> topics) throws IOException {
        return new PlainReader(offsets(partitions(topics), OffsetSpec.latest()));
    }

    @Override
    public List<WireRecord> excerpt(String topic, String lane, double point, int count)
            throws IOException {
        var partition = new TopicPartition(topic, Integer.parseInt(lane));
        long oldest = offset(partition, OffsetSpec.earliest());
        long end = offset(partition, OffsetSpec.latest());
        long pointed = oldest + (long) ((end - oldest) * point);
        long start = Math.max(oldest, Math.min(pointed, end - count));
        var records = new ArrayList<WireRecord>();
        try (var reader = new PlainReader(Map.of(partition, start))) {
            reader.readTo(Map.of(partition, Math.min(end, start + count)), records::add);
        }
        return records.stream().limit(count).toList();
    }

    private final class PlainReader implements Reader {

        private final Map<TopicPartition, Long> starts;
        private final KafkaConsumer<byte[], byte[]> consumer;

        PlainReader(Map<TopicPartition, Long> starts) throws IOException {
            this.starts = starts;
            this.consumer =
                    consumer(
                            Map.of(
                                    "default.api.timeout.ms",
                                    (int) answerWithin.toMillis(),
                                    "max.poll.records",
                                    2_000,
                                    "auto.offset.reset",
                                    "earliest"));
            consumer.assign(starts.keySet());
            starts.forEach(consumer::seek);
        }

        @Override
        public void readToEnd(Consumer<WireRecord> sink) throws IOException {
            readTo(offsets(starts.keySet(), OffsetSpec.latest()), sink);
        }

        void readTo(Map<TopicPartition, Long> ends, Consumer<WireRecord> sink) throws IOException {
            long heard = System.nanoTime();
            while (!hasReached(ends)) {
                var records = next(POLL);
                records.forEach(sink);
                if (!records.isEmpty()) {
                    heard = System.nanoTime();
                } else if (System.nanoTime() - heard > silenceLimit().toNanos()) {
                    throw new IOException(
                            "Kafka at %s no longer answers".formatted(bootstrapServers));
                }
            }
        }

        private boolean hasReached(Map<TopicPartition, Long> ends) throws IOException {
            try {
                return ends.entrySet().stream()
                        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            } catch (KafkaException e) {
                throw unanswered(e);
            }
        }

        @Override
        public List<WireRecord> next(Duration limit) throws IOException {
            try {
                return StreamSupport.stream(consumer.poll(limit).spliterator(), false)
                        .map(KafkaEventLog::fromKafka)
                        .toList();
            } catch (KafkaException e) {
                throw unanswered(e);
            }
        }

        @Override
        public Set<String> truncated() {
            return starts.entrySet().stream()
                    .filter(start -> start.getValue() > 0)
                    .map(start -> start.getKey().topic())
                    .collect(toSet());
        }

        @Override
        public void close() {
            try {
                consumer.close();
            } catch (KafkaException e) {
                // Interrupted; it is closed all the same.
            }
        }
    }

    private Duration silenceLimit() {
        return answerWithin.compareTo(SILENCE_LIMIT) > 0 ? answerWithin : SILENCE_LIMIT;
    }

    private List<TopicPartition> partitions(Collection<String> topics) throws IOException {
        var existing = topics("");
        return get(
                        admin().describeTopics(topics.stream().filter(existing::contains).toList())
                                .allTopicNames())
                .values()
                .stream()
                .flatMap(topic ->
                        topic.partitions().stream()
                                .map(found -> new TopicPartition(topic.name(), found.partition())))
                .toList();
    }

    private long offset(TopicPartition partition, OffsetSpec spec) throws IOException {
        return offsets(List.of(partition), spec).getOrDefault(partition, 0L);
    }

    private Map<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, OffsetSpec spec) throws IOException {
        var wanted = partitions.stream().collect(toMap(partition -> partition, _ -> spec));
        return get(admin().listOffsets(wanted).all()).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, found -> found.getValue().offset()));
    }

    @Override
    public List<Group> groups() throws IOException {
        var names =
                get(admin().listGroups(ListGroupsOptions.forConsumerGroups()).all()).stream()
                        .map(GroupListing::groupId)
                        .toList();
        var groups = new ArrayList<Group>();
        for (var described : admin().describeConsumerGroups(names).describedGroups().values()) {
            try {
                var group = get(described);
                groups.add(
                        new Group(
                                group.groupId(),
                                group.groupState().toString(),
                                group.members().size(),
                                group.groupState() == GroupState.STABLE));
            } catch (IOException e) {
                if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                    throw e; // otherwise it has gone since it was listed
                }
            }
        }
        return groups;
    }

    @Override
    public void deleteGroups(Collection<String> groups) throws IOException {
        var _ = get(admin().deleteConsumerGroups(groups).all());
    }

    @Override
    public Progress progress(String group, Collection<String> topics) throws IOException {
        var ends = offsets(partitions(topics), OffsetSpec.latest());
        var committed = committed(group);
        long behind = 0;
        for (var end : ends.entrySet()) {
            var offset = committed.get(end.getKey());
            behind += end.getValue() - (offset == null ? 0 : offset.offset());
        }
        return new Progress(behind, behind + "/" + ends.values());
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group) throws IOException {
        try {
            return get(admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        } catch (IOException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw e;
        }
    }

    @Override
    public void visit(String group, Collection<String> topics, Duration stay) throws IOException {
        try (var member =
                consumer(
                        Map.of(
                                "group.id",
                                group,
                                "group.protocol",
                                "consumer",
                                "auto.offset.reset",
                                "earliest",
                                "enable.auto.commit",
                                false,
                                "allow.auto.create.topics",
                                false))) {
            member.subscribe(topics);
            var _ = member.poll(stay);
            member.close(CloseOptions.timeout(LEFT_WITHIN));
        } catch (KafkaException e) {
            throw unanswered(e);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> settings)
            throws IOException {
        try {
            return new KafkaConsumer<>(
                    with(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw unanswered(e);
        }
    }

    private Map<String, Object> with(Map<String, Object> settings) {
        var all = new HashMap<>(connection);
        all.putAll(settings);
        return all;
    }

    /// The clients themselves give up within the limit.
    private <T> T get(Future<T> answer) throws IOException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw unanswered(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private IOException unanswered(Throwable cause) {
        return new IOException(
                "Kafka at %s does not answer: %s".formatted(bootstrapServers, cause.getMessage()),
                cause);
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
