package io.eventshop.launcher.servers;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;

/// The topics of Kafka, by its plain clients.
final class KafkaEventLog implements EventLog {

    private static final Duration LEFT_WITHIN = Duration.ofSeconds(2);

    private final KafkaClients clients;

    KafkaEventLog(String bootstrapServers, Duration answerWithin) {
        this.clients = new KafkaClients(bootstrapServers, answerWithin);
    }

    @Override
    public Set<String> topics(String ending) throws IOException {
        return clients.get(clients.admin().listTopics().names()).stream()
                .filter(topic -> topic.endsWith(ending))
                .collect(toSet());
    }

    @Override
    public void createTopic(String name, int lanes) throws IOException {
        try {
            var topic = new NewTopic(name, lanes, (short) 1);
            var _ = clients.get(clients.admin().createTopics(List.of(topic)).all());
        } catch (IOException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    @Override
    public void deleteTopics(Collection<String> topics) throws IOException {
        var _ = clients.get(clients.admin().deleteTopics(topics).all());
    }

    @Override
    public void limitRecordSize(String topic, int bytes) throws IOException {
        var limit = new ConfigEntry("max.message.bytes", Integer.toString(bytes));
        var change = List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET));
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var _ =
                clients.get(
                        clients.admin().incrementalAlterConfigs(Map.of(resource, change)).all());
        // The controller has taken it before the broker has heard of it.
        if (!Waiting.until(() -> hasHeard(resource, limit), clients.answerWithin())) {
            throw new IOException("Kafka has not heard of the limit of " + topic);
        }
    }

    private boolean hasHeard(ConfigResource resource, ConfigEntry limit) {
        try {
            var all = clients.get(clients.admin().describeConfigs(List.of(resource)).all());
            var settings = all.get(resource);
            return settings != null && limit.value().equals(settings.get(limit.name()).value());
        } catch (IOException e) {
            return false; // it is asked again
        }
    }

    @Override
    public List<Position> write(List<RawRecord> records) throws IOException {
        try {
            var sent =
                    records.stream()
                            .map(record -> clients.producer().send(toKafka(record)))
                            .toList();
            var positions = new ArrayList<Position>(records.size());
            for (var written : sent) {
                var at = clients.get(written);
                positions.add(KafkaLogReader.position(at.topic(), at.partition(), at.offset()));
            }
            return positions;
        } catch (KafkaException e) {
            throw clients.unanswered(e);
        }
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

    @Override
    public Reader fromBeginning(Collection<String> topics) throws IOException {
        return new KafkaLogReader(
                clients, clients.offsets(partitions(topics), OffsetSpec.earliest()));
    }

    @Override
    public Reader fromEnd(Collection<String> topics) throws IOException {
        return new KafkaLogReader(
                clients, clients.offsets(partitions(topics), OffsetSpec.latest()));
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
        try (var reader = new KafkaLogReader(clients, Map.of(partition, start))) {
            reader.readTo(Map.of(partition, Math.min(end, start + count)), records::add);
        }
        return records.stream().limit(count).toList();
    }

    private List<TopicPartition> partitions(Collection<String> topics) throws IOException {
        var existing = topics("");
        return clients
                .get(
                        clients.admin()
                                .describeTopics(topics.stream().filter(existing::contains).toList())
                                .allTopicNames())
                .values()
                .stream()
                .flatMap(topic ->
                        topic.partitions().stream()
                                .map(found -> new TopicPartition(topic.name(), found.partition())))
                .toList();
    }

    private long offset(TopicPartition partition, OffsetSpec spec) throws IOException {
        return clients.offsets(List.of(partition), spec).getOrDefault(partition, 0L);
    }

    @Override
    public List<Group> groups() throws IOException {
        var names =
                clients
                        .get(
                                clients.admin()
                                        .listGroups(ListGroupsOptions.forConsumerGroups())
                                        .all())
                        .stream()
                        .map(GroupListing::groupId)
                        .toList();
        var groups = new ArrayList<Group>();
        for (var described :
                clients.admin().describeConsumerGroups(names).describedGroups().values()) {
            try {
                var group = clients.get(described);
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
        var _ = clients.get(clients.admin().deleteConsumerGroups(groups).all());
    }

    @Override
    public Progress progress(String group, Collection<String> topics) throws IOException {
        var ends = clients.offsets(partitions(topics), OffsetSpec.latest());
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
            return clients.get(
                    clients.admin()
                            .listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata());
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
                clients.consumer(
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
            throw clients.unanswered(e);
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
