package io.eventshop.messaging.kafka;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.eventshop.contracts.Topic;
import io.eventshop.messaging.transport.BatchHandler;
import io.eventshop.messaging.transport.Broker;
import io.eventshop.messaging.transport.Capabilities;
import io.eventshop.messaging.transport.Consumption;
import io.eventshop.messaging.transport.Receiver;
import io.eventshop.messaging.transport.Transport;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Apache Kafka.
public final class KafkaBroker implements Broker {

    private static final Logger log = LoggerFactory.getLogger(KafkaBroker.class);

    /// The topics' `segment.ms`: only closed segments are deleted, so a record can outlive its
    /// topic's retention by this much.
    private static final Duration SEGMENT_TIME = Duration.ofDays(7);

    /// For the broker's sign of life: it is asked again anyway, and a service that is told to end
    /// waits for this.
    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

    /// For each question about topics.
    private static final Duration DECLARATION_MAX = Duration.ofSeconds(5);

    private final Map<String, Object> producers;
    private final Map<String, Object> consumers;
    private final Map<String, Object> admins;
    private final MeterRegistry registry;

    private final Set<String> seenTopics = ConcurrentHashMap.newKeySet();

    /// Logged once each: missing rights are somebody's decision, and topics are declared again and
    /// again.
    private final Set<String> unchecked = ConcurrentHashMap.newKeySet();

    /// @param producers where the cluster is and how to log in, for those that send; all else is
    ///   set here
    /// @param consumers the same for those that receive
    /// @param admins the same for those that declare topics
    /// @param registry for what consumers measure
    public KafkaBroker(
            Map<String, Object> producers,
            Map<String, Object> consumers,
            Map<String, Object> admins,
            MeterRegistry registry) {
        this.producers = producers;
        this.consumers = consumers;
        this.admins = admins;
        this.registry = registry;
    }

    @Override
    public Transport transport() {
        return new KafkaTransport(producers);
    }

    @Override
    public Receiver receiver(Consumption consumption, BatchHandler handler) {
        return KafkaReceiver.of(consumption, handler, consumers, registry);
    }

    @Override
    public List<String> declare(List<Topic> topics, int replication)
            throws ExecutionException, InterruptedException {
        Admin admin = admin(DECLARATION_MAX);
        try {
            return new TopicDeclaration(admin, (short) replication, seenTopics, this::logOnce)
                    .declare(topics);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private void logOnce(String sentence) {
        if (unchecked.add(sentence)) {
            log.info(sentence);
        }
    }

    @Override
    public boolean answers() throws InterruptedException {
        Admin admin = null;
        try {
            admin = admin(ANSWER_MAX);
            var nodes = admin.describeCluster().nodes();
            return !nodes.get(ANSWER_MAX.toMillis(), MILLISECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false; // it cannot be reached, or its name does not resolve yet
        } finally {
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        }
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true, SEGMENT_TIME);
    }

    /// Without the settings, which may have a password.
    @Override
    public String toString() {
        return "Kafka";
    }

    /// @throws KafkaException e.g. if its name does not resolve yet
    private Admin admin(Duration answerMax) {
        var settings = new HashMap<>(admins);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) answerMax.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) answerMax.toMillis());
        settings.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return Admin.create(settings);
    }
}
