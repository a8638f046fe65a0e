package io.eventshop.messaging.internal.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.messaging.MessagingProperties;
import io.eventshop.messaging.internal.inbox.DeadLetterDesk.Report;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/// `/actuator/deadletters` on the management port:
///
/// | request | does |
/// |---|---|
/// | `GET /actuator/deadletters` | lists open letters, oldest first, without their data |
/// | `GET /actuator/deadletters/{consumer}/{eventId}` | shows one, with headers and data; what is personal in it is hidden |
/// | `POST /actuator/deadletters/{consumer}/{eventId}` `{"actor"}` | replays the sequence of its key |
/// | `DELETE /actuator/deadletters/{consumer}/{eventId}?actor=&reason=` | discards it |
///
/// The last two are refused with 403 unless `eventshop.messaging.write-operations` is true. Who did
/// it stands in the letter and in the log.
@Endpoint(id = "deadletters")
public record DeadLettersEndpoint(
        DeadLetters deadLetters,
        DeadLetterDesk desk,
        PersonalData personal,
        MessagingProperties properties) {

    private static final int LIST_MAX = 200;

    /// @param items the oldest, at most 200
    /// @param total how many are open
    public record Page(List<Item> items, int total) {}

    public record Item(
            String consumer,
            UUID eventId,
            String position,
            String key,
            @Nullable String type,
            String status,
            String reason,
            String fingerprint,
            int attempts,
            Instant firstFailedAt,
            Instant lastFailedAt) {

        static Item of(DeadLetter letter) {
            return new Item(
                    letter.consumer(),
                    letter.eventId(),
                    letter.delivery().position().toString(),
                    new String(letter.recordKey(), UTF_8),
                    letter.delivery().attributes().get("type"),
                    letter.status().name(),
                    letter.reason(),
                    letter.fingerprint(),
                    letter.attempts(),
                    letter.firstFailedAt(),
                    letter.lastFailedAt());
        }
    }

    /// @param data what is personal in it is hidden where the contract has it; who has written what
    ///   cannot be read may have put it elsewhere, so this is for eyes and for no log
    record Letter(
            Item item,
            Map<String, String> attributes,
            @Nullable String data,
            @Nullable Instant settledAt,
            @Nullable String settledBy,
            @Nullable String settledReason) {

        private static Letter of(DeadLetter letter, PersonalData personal) {
            byte[] data = letter.payload();
            return new Letter(
                    Item.of(letter),
                    letter.delivery().attributes(),
                    data == null ? null : personal.hiddenIn(data),
                    letter.settledAt(),
                    letter.settledBy(),
                    letter.settledReason());
        }

        @Override
        public String toString() {
            return "Letter[item=%s]".formatted(item);
        }
    }

    record Refusal(String message) {}

    @ReadOperation
    public Page list() {
        var items = deadLetters.listOpen(LIST_MAX).stream().map(Item::of).toList();
        var open = deadLetters.countOpen();
        return new Page(items, open.letters() + open.waiting());
    }

    @ReadOperation
    @Nullable Letter show(@Selector String consumer, @Selector UUID eventId) {
        return deadLetters
                .find(consumer, eventId)
                .map(letter -> Letter.of(letter, personal))
                .orElse(null);
    }

    @WriteOperation
    WebEndpointResponse<?> replay(@Selector String consumer, @Selector UUID eventId, String actor) {
        return ifAllowed(() -> desk.replay(consumer, eventId, actor));
    }

    @DeleteOperation
    WebEndpointResponse<?> discard(
            @Selector String consumer, @Selector UUID eventId, String actor, String reason) {
        return ifAllowed(() -> desk.discard(consumer, eventId, actor, reason));
    }

    private WebEndpointResponse<?> ifAllowed(Supplier<Optional<Report>> change) {
        if (!properties.writeOperations()) {
            return new WebEndpointResponse<>(
                    new Refusal(MessagingProperties.WRITE_OPERATIONS_OFF), 403);
        }
        return change.get()
                .map(WebEndpointResponse::new)
                .orElseGet(() -> new WebEndpointResponse<>(404));
    }
}
