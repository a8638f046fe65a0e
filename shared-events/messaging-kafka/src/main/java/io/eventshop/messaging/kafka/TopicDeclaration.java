package io.eventshop.messaging.kafka;

import io.eventshop.contracts.Topic;
import io.eventshop.messaging.transport.OutgoingRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /// Looks only at topics that were there before: of one that it, or another instance, has just
    /// made a broker may not have heard yet, and that one is as it was asked to be.
    ///
    /// @return a sentence for everything that is not as it should be
    List<String> declare(List<Topic> topics) throws ExecutionException, InterruptedException {
        Set<String> existing = admin.listTopics().names().get();
        var objections = new ArrayList<String>();
        for (Topic topic : topics) {
            if (existing.contains(topic.name())) {
                check(topic, objections);
            } else {
                create(topic);
            }
        }
        checkAutoCreation(objections);
        return List.copyOf(objections);
    }

    private void create(Topic topic) throws ExecutionException, InterruptedException {
        var settings = settings(topic);
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MESSAGE_SIZE_MAX));
        settings.put(
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(Math.max(1, replication - 1)));
        var newTopic = new NewTopic(topic.name(), Topic.PARTITIONS, replication).configs(settings);
        try {
            admin.createTopics(List.of(newTopic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e; // otherwise another instance was quicker
            }
        }
    }

    /// What has to be exactly so.
    private static Map<String, String> settings(Topic topic) {
        var retention = topic.retention();
        var settings = new LinkedHashMap<String, String>();
        // The broker's time, so that a producer whose clock jumps is not refused.
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        settings.put(
                TopicConfig.RETENTION_MS_CONFIG,
                retention == null ? "-1" : Long.toString(retention.toMillis()));
        return settings;
    }

    private void check(Topic topic, List<String> objections)
            throws ExecutionException, InterruptedException {
        String name = topic.name();
        int partitions =
                only(admin.describeTopics(List.of(name)).allTopicNames().get()).partitions().size();
        if (partitions != Topic.PARTITIONS) {
            objections.add(
                    "topic %s has %d partitions instead of %d; with another number, events of one key lose their order"
                            .formatted(name, partitions, Topic.PARTITIONS));
        }
        Config config = config(ConfigResource.Type.TOPIC, name);
        settings(topic)
                .forEach((setting, expected) -> {
                    String actual = config.get(setting).value();
                    if (!actual.equals(expected)) {
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

    private void checkAutoCreation(List<String> objections)
            throws ExecutionException, InterruptedException {
        String broker = admin.describeCluster().controller().get().idString();
        Config config = config(ConfigResource.Type.BROKER, broker);
        if (Boolean.parseBoolean(config.get(AUTO_CREATION).value())) {
            objections.add(
                    "the broker creates topics by itself, with other settings than ours; set %s=false"
                            .formatted(AUTO_CREATION));
        }
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
