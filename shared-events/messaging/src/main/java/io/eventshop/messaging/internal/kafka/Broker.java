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

/// The broker as it is asked about itself.
///
/// @param connection where the cluster is and how to log in
/// @param answerMax how long a question waits for its answer: it is asked again anyway, and a
///   service that is told to end waits for this
record Broker(Map<String, Object> connection, Duration answerMax) {

    /// @throws KafkaException e.g. if its name does not resolve yet
    Admin admin() {
        var settings = new HashMap<>(connection);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) answerMax.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) answerMax.toMillis());
        settings.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return Admin.create(settings);
    }

    /// Whether there is one.
    boolean answers() throws InterruptedException {
        try (var admin = admin()) {
            var nodes = admin.describeCluster().nodes();
            return !nodes.get(answerMax.toMillis(), TimeUnit.MILLISECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false; // it cannot be reached, or its name does not resolve yet
        }
    }
}
