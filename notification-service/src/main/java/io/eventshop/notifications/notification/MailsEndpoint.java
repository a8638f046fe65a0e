package io.eventshop.notifications.notification;

import io.eventshop.messaging.Audit;
import io.eventshop.messaging.MessagingProperties;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

/// `/actuator/mails` on the management port: what waits and what is FAILED, and how to send it
/// again.
///
/// | request | does |
/// |---|---|
/// | `GET /actuator/mails` | how many wait, how many are FAILED for which reason, and the newest of those |
/// | `POST /actuator/mails/{id}` `{"actor", "reason"}` | sends one again |
/// | `POST /actuator/mails` `{"failure", "actor", "reason"}` | sends again all that are FAILED for this reason |
///
/// The last two are refused with 403 unless `eventshop.messaging.write-operations` is true, with
/// 400 if nobody could say who did it and why, and with 404 if there is nothing to send: no such
/// mail, it is not FAILED, or its address was erased. Who did it stands in the log.
@Component
@Endpoint(id = "mails")
class MailsEndpoint {

    private static final Logger log = LoggerFactory.getLogger(MailsEndpoint.class);

    private static final int LIST_MAX = 100;

    private final MailQueue queue;
    private final FailedMails failed;
    private final boolean writeOperations;

    MailsEndpoint(MailQueue queue, FailedMails failed, MessagingProperties messaging) {
        this.queue = queue;
        this.failed = failed;
        this.writeOperations = messaging.writeOperations();
    }

    /// @param failed how many, by reason
    /// @param newest of those that are FAILED, up to a hundred
    record Status(long pending, Map<String, Long> failed, List<FailedMail> newest) {}

    record Answer(String message) {}

    @ReadOperation
    Status status() {
        return new Status(queue.countPending(), failed.count(), failed.list(LIST_MAX));
    }

    @WriteOperation
    WebEndpointResponse<Answer> sendAgain(@Selector UUID id, String actor, String reason) {
        if (!writeOperations) {
            return answer(403, MessagingProperties.WRITE_OPERATIONS_OFF);
        }
        Audit.requireActor(actor);
        Audit.requireReason(reason);
        if (!failed.sendAgain(id)) {
            return answer(
                    WebEndpointResponse.STATUS_NOT_FOUND,
                    "no FAILED mail %s with a known address".formatted(id));
        }
        log.warn("audit: {} sent mail {} again: {}", actor, id, reason);
        return answer(WebEndpointResponse.STATUS_OK, "1 mail is sent again");
    }

    @WriteOperation
    WebEndpointResponse<Answer> sendAllAgain(String failure, String actor, String reason) {
        if (!writeOperations) {
            return answer(403, MessagingProperties.WRITE_OPERATIONS_OFF);
        }
        Audit.requireActor(actor);
        Audit.requireReason(reason);
        Audit.requireName(failure, "failure");
        int count = failed.sendAgain(failure);
        if (count == 0) {
            return answer(
                    WebEndpointResponse.STATUS_NOT_FOUND,
                    "no mail with a known address is FAILED for this reason");
        }
        log.warn(
                "audit: {} sent {} mails again that had failed because {}: {}",
                actor,
                count,
                failure,
                reason);
        return answer(WebEndpointResponse.STATUS_OK, "%d mails are sent again".formatted(count));
    }

    private static WebEndpointResponse<Answer> answer(int status, String message) {
        return new WebEndpointResponse<>(new Answer(message), status);
    }
}
