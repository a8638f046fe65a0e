package io.eventshop.messaging.internal.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/// Whether there is one.
final class Broker {

    /// The question is asked again anyway, and a service that is told to end waits for this.
    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

    private final Map<String, Object> settings;

    Broker(Map<String, Object> connection) {
        this.settings = new HashMap<>(connection);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_MAX.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_MAX.toMillis());
        settings.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    }

    boolean answers() throws InterruptedException {
        try (var admin = Admin.create(settings)) {
            var nodes = admin.describeCluster().nodes();
            return !nodes.get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false; // it cannot be reached, or its name does not resolve yet
        }
    }
}
