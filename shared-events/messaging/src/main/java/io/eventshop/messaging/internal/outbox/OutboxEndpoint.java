package io.eventshop.messaging.internal.outbox;

import io.eventshop.messaging.Audit;
import io.eventshop.messaging.MessagingProperties;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/// `/actuator/outbox`: what waits, and what to do about parked keys.
///
/// - `GET /actuator/outbox`
/// - `POST /actuator/outbox/retry` or `/discard` with `{topic, key, actor, reason}`; 403 unless
///   `eventshop.messaging.write-operations` is on, 400 if a value would break a line of the log,
///   404 if the key is not parked
@Endpoint(id = "outbox")
record OutboxEndpoint(RelayPool pool, ParkedKeys parkedKeys, MessagingProperties properties) {

    record Status(long backlog, double oldestAgeSeconds, List<ParkedKeys.Parked> parked) {}

    record Answer(String message) {}

    enum Change {
        RETRY,
        DISCARD
    }

    @ReadOperation
    Status status() {
        OutboxState current = OutboxState.read(pool.dataSource());
        return new Status(current.backlog(), current.oldestAgeSeconds(), parkedKeys.list());
    }

    @WriteOperation
    WebEndpointResponse<Answer> change(
            @Selector Change change, String topic, String key, String actor, String reason) {
        if (!properties.writeOperations()) {
            return answer(403, MessagingProperties.WRITE_OPERATIONS_OFF);
        }
        Audit.requireActor(actor);
        Audit.requireReason(reason);
        Audit.requireName(topic, "topic");
        Audit.requireName(key, "key");
        boolean done =
                switch (change) {
                    case RETRY -> parkedKeys.retry(topic, key, actor, reason);
                    case DISCARD -> parkedKeys.discard(topic, key, actor, reason);
                };
        return done
                ? answer(200, "done")
                : answer(404, "the key %s of %s is not parked".formatted(key, topic));
    }

    private static WebEndpointResponse<Answer> answer(int status, String message) {
        return new WebEndpointResponse<>(new Answer(message), status);
    }
}
