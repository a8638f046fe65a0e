package io.eventshop.messaging.internal.kafka;

import io.eventshop.contracts.Topic;
import io.eventshop.messaging.internal.transport.OutgoingRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/// Creates topics that are missing and compares all of them with what the relay relies on.
record TopicDeclaration(Admin admin, short replication) {

    private static final String AUTO_CREATION = "auto.create.topics.enable";

    /// A request before compression, and the broker's own framing of it.
    private static final int MESSAGE_SIZE_MAX = KafkaTransport.REQUEST_SIZE_MAX + 4096;

    /// Looks only at topics that were there before: of one that it has just made a broker may not
    /// have heard yet, and that one is as it was asked to be.
    ///
    /// @return a sentence for everything that is not as it should be
    List<String> declare(List<Topic> topics) throws ExecutionException, InterruptedException {
        Set<String> existing = admin.listTopics().names().get();
        var objections = new ArrayList<String>();
        for (Topic topic : topics) {
            if (existing.contains(topic.name()) || !create(topic)) {
                objections.addAll(check(topic));
            }
        }
        checkAutoCreation().ifPresent(objections::add);
        return List.copyOf(objections);
    }

    /// @return false if another instance was quicker
    private boolean create(Topic topic) throws ExecutionException, InterruptedException {
        var newTopic =
                new NewTopic(topic.name(), Topic.PARTITIONS, replication)
                        .configs(
                                Map.of(
                                        TopicConfig.CLEANUP_POLICY_CONFIG,
                                                TopicConfig.CLEANUP_POLICY_DELETE,
                                        TopicConfig.RETENTION_MS_CONFIG, retention(topic),
                                        // The broker's time, so that a producer whose clock jumps
                                        // is not refused.
                                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime",
                                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                                Integer.toString(MESSAGE_SIZE_MAX),
                                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                                                Integer.toString(Math.max(1, replication - 1))));
        try {
            admin.createTopics(List.of(newTopic)).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    private static String retention(Topic topic) {
        return topic.retention() == null ? "-1" : Long.toString(topic.retention().toMillis());
    }

    private List<String> check(Topic topic) throws ExecutionException, InterruptedException {
        var objections = new ArrayList<String>();
        int partitions = partitions(topic);
        if (partitions != Topic.PARTITIONS) {
            objections.add(
                    "topic %s has %d partitions instead of %d; with another number, events of one key lose their order"
                            .formatted(topic.name(), partitions, Topic.PARTITIONS));
        }
        Config config = config(ConfigResource.Type.TOPIC, topic.name());
        expect(topic, config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime")
                .ifPresent(objections::add);
        expect(topic, config, TopicConfig.CLEANUP_POLICY_CONFIG, "delete")
                .ifPresent(objections::add);
        expect(topic, config, TopicConfig.RETENTION_MS_CONFIG, retention(topic))
                .ifPresent(objections::add);
        int limit = Integer.parseInt(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
        if (limit < KafkaTransport.REQUEST_SIZE_MAX) {
            objections.add(
                    "topic %s takes %,d bytes at once, but the relay sends up to %,d, and single events of up to %,d"
                            .formatted(
                                    topic.name(),
                                    limit,
                                    KafkaTransport.REQUEST_SIZE_MAX,
                                    OutgoingRecord.SIZE_MAX));
        }
        return objections;
    }

    private int partitions(Topic topic) throws ExecutionException, InterruptedException {
        return only(admin.describeTopics(List.of(topic.name())).allTopicNames().get())
                .partitions()
                .size();
    }

    private static Optional<String> expect(
            Topic topic, Config config, String name, String expected) {
        String actual = config.get(name).value();
        return actual.equals(expected)
                ? Optional.empty()
                : Optional.of(
                        "topic %s has %s=%s instead of %s"
                                .formatted(topic.name(), name, actual, expected));
    }

    private Optional<String> checkAutoCreation() throws ExecutionException, InterruptedException {
        String broker = admin.describeCluster().controller().get().idString();
        boolean on =
                Boolean.parseBoolean(
                        config(ConfigResource.Type.BROKER, broker).get(AUTO_CREATION).value());
        return on
                ? Optional.of(
                        "the broker creates topics by itself, with other settings than ours; set %s=false"
                                .formatted(AUTO_CREATION))
                : Optional.empty();
    }

    private Config config(ConfigResource.Type type, String name)
            throws ExecutionException, InterruptedException {
        var resource = new ConfigResource(type, name);
        return only(admin.describeConfigs(List.of(resource)).all().get());
    }

    /// One was asked for, so one was answered.
    private static <T> T only(Map<?, T> answers) {
        return answers.values().iterator().next();
    }
}
