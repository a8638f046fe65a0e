package io.eventshop.messaging.kafka;

import io.eventshop.contracts.Topic;
import io.eventshop.messaging.transport.OutgoingRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates topics that are missing and compares all of them with what relay and consumers rely on.
/// Where nothing is missing it asks four questions, however many topics there are.
///
/// A topic that is gone is created again not at once but with the next call. Until then consumers
/// have heard that it is gone, with a heartbeat; otherwise they would go on in the new log where
/// they were in the old one, and pass over what lies before.
///
/// @param seen the topics that the call before has found; kept between calls
/// @param unchecked takes a sentence for what this service has no right to look at: then it is not
///   compared, and nothing else is left out
record TopicDeclaration(
        Admin admin, short replication, Set<String> seen, Consumer<String> unchecked) {

    private static final Logger log = LoggerFactory.getLogger(TopicDeclaration.class);

    private static final String AUTO_CREATION = "auto.create.topics.enable";

    private static final String DECOMPRESSED_SIZE_MAX =
            TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG;

    /// For the broker's own framing.
    private static final int FRAMING = 4096;

    /// A request before compression.
    private static final int BATCH_SIZE_MAX = KafkaTransport.REQUEST_SIZE_MAX + FRAMING;

    /// After decompression. A batch's size is bounded as it was sent, and 6 KB of it may hold a
    /// record of 200 MB: whoever reads that one dies of it before any code of ours runs, and again
    /// after each restart. A consumer has no such bound of its own; with this one a poll holds its
    /// number of records times this.
    private static final int RECORD_SIZE_MAX = OutgoingRecord.SIZE_MAX + FRAMING;

    /// Looks only at topics that were there before: of one that it, or another instance, has just
    /// made a broker may not have heard yet, and that one is as it was asked to be.
    ///
    /// @return a sentence for everything that is not as it should be
    List<String> declare(List<Topic> topics) throws ExecutionException, InterruptedException {
        var objections = new ArrayList<String>();
        var existing = new LinkedHashMap<Topic, TopicDescription>();
        var gone = new HashSet<String>();
        var names = topics.stream().map(Topic::name).toList();
        var answers = admin.describeTopics(names).topicNameValues();
        for (Topic topic : topics) {
            try {
                existing.put(topic, answer(answers, topic.name()).get());
                seen.add(topic.name());
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case UnknownTopicOrPartitionException _ -> {
                        if (seen.contains(topic.name())) {
                            gone.add(topic.name());
                            objections.add(
                                    "topic %s is gone, with what consumers had not read; it is created again in a few seconds"
                                            .formatted(topic.name()));
                        } else {
                            create(topic, objections);
                        }
                    }
                    case AuthorizationException denied ->
                            objections.add(
                                    "topic %s cannot be used: %s"
                                            .formatted(topic.name(), denied.getMessage()));
                    case null, default -> throw e;
                }
            }
        }
        check(existing, objections);
        seen.removeAll(gone); // not before what was found is certain to be told
        return List.copyOf(objections);
    }

    private void create(Topic topic, List<String> objections)
            throws ExecutionException, InterruptedException {
        var settings = settings(topic);
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(BATCH_SIZE_MAX));
        var refusal = create(topic, settings);
        if (refusal instanceof InvalidConfigurationException) {
            settings.remove(DECOMPRESSED_SIZE_MAX);
            refusal = create(topic, settings);
            if (refusal == null) {
                objections.add(unbounded(topic));
            }
        }
        if (refusal != null) {
            objections.add(
                    "topic %s is missing and cannot be created: %s"
                            .formatted(topic.name(), refusal));
        }
    }

    /// @return why the broker refuses to, or null if the topic is there now
    private @Nullable Throwable create(Topic topic, Map<String, String> settings)
            throws ExecutionException, InterruptedException {
        var missing =
                new NewTopic(topic.name(), Topic.PARTITIONS, replication)
                        .configs(new HashMap<>(settings));
        try {
            admin.createTopics(List.of(missing)).all().get();
            log.info("topic {} was missing and has been created", topic.name());
            return null;
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case TopicExistsException _ -> null; // another instance was quicker
                case RetriableException _ -> throw e;
                case null -> throw e;
                case Throwable refusal -> refusal;
            };
        }
    }

    /// What has to be exactly so.
    private Map<String, String> settings(Topic topic) {
        var retention = topic.retention();
        var settings = new LinkedHashMap<String, String>();
        // The broker's time, so that a producer whose clock jumps is not refused.
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        settings.put(
                TopicConfig.RETENTION_MS_CONFIG,
                retention == null ? "-1" : Long.toString(retention.toMillis()));
        settings.put(
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(Math.max(1, replication - 1)));
        // A replica that has not all records would drop what was acknowledged.
        settings.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
        settings.put(DECOMPRESSED_SIZE_MAX, Integer.toString(RECORD_SIZE_MAX));
        return settings;
    }

    private void check(Map<Topic, TopicDescription> existing, List<String> objections)
            throws ExecutionException, InterruptedException {
        var resources = new ArrayList<ConfigResource>();
        existing.forEach((topic, description) -> {
            checkPartitions(description, objections);
            resources.add(resource(topic));
        });
        var broker =
                existing.values().stream()
                        .map(description -> description.partitions().getFirst().leader())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(TopicDeclaration::resource);
        broker.ifPresent(resources::add);
        if (resources.isEmpty()) {
            return;
        }
        var answers = admin.describeConfigs(resources).values();
        for (Topic topic : existing.keySet()) {
            Config config =
                    allowed(answer(answers, resource(topic)), "settings of topic " + topic.name());
            if (config != null) {
                checkSettings(topic, config, objections);
            }
        }
        if (broker.isPresent()) {
            Config config = allowed(answer(answers, broker.get()), AUTO_CREATION);
            if (config != null && Boolean.parseBoolean(value(config, AUTO_CREATION))) {
                objections.add(
                        "the broker creates topics by itself, with other settings than ours; set %s=false"
                                .formatted(AUTO_CREATION));
            }
        }
    }

    /// More copies than wanted do no harm, and are there while a partition moves to other brokers.
    private void checkPartitions(TopicDescription topic, List<String> objections) {
        int partitions = topic.partitions().size();
        if (partitions != Topic.PARTITIONS) {
            objections.add(
                    "topic %s has %d partitions instead of %d; with another number, events of one key lose their order"
                            .formatted(topic.name(), partitions, Topic.PARTITIONS));
        }
        int copies =
                topic.partitions().stream()
                        .mapToInt(partition -> partition.replicas().size())
                        .min()
                        .orElse(0);
        if (copies < replication) {
            objections.add(
                    "topic %s has %d replicas instead of %d"
                            .formatted(topic.name(), copies, replication));
        }
    }

    private void checkSettings(Topic topic, Config config, List<String> objections) {
        String name = topic.name();
        settings(topic)
                .forEach((setting, expected) -> {
                    String actual = value(config, setting);
                    if (actual == null && setting.equals(DECOMPRESSED_SIZE_MAX)) {
                        objections.add(unbounded(topic));
                    } else if (!expected.equals(actual)) {
                        objections.add(
                                "topic %s has %s=%s instead of %s"
                                        .formatted(name, setting, actual, expected));
                    }
                });
        int limit = Integer.parseInt(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
        if (limit < KafkaTransport.REQUEST_SIZE_MAX) {
            objections.add(
                    "topic %s takes %,d bytes at once, but the relay sends up to %,d, and single events of up to %,d"
                            .formatted(
                                    name,
                                    limit,
                                    KafkaTransport.REQUEST_SIZE_MAX,
                                    OutgoingRecord.SIZE_MAX));
        }
    }

    private static String unbounded(Topic topic) {
        return "the broker is too old to know %s: a small compressed record in topic %s can fill the memory of each consumer"
                .formatted(DECOMPRESSED_SIZE_MAX, topic.name());
    }

    private @Nullable Config allowed(KafkaFuture<Config> answer, String what)
            throws ExecutionException, InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException denied) {
                unchecked.accept("not checked: %s (%s)".formatted(what, denied.getMessage()));
                return null;
            }
            throw e;
        }
    }

    /// Null if the broker does not know the setting.
    private static @Nullable String value(Config config, String setting) {
        var entry = config.get(setting);
        return entry == null ? null : entry.value();
    }

    private static ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }

    private static ConfigResource resource(Node broker) {
        return new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
    }

    /// What was asked for was answered.
    private static <K, T> KafkaFuture<T> answer(Map<K, KafkaFuture<T>> answers, K question) {
        return Objects.requireNonNull(answers.get(question));
    }
}
