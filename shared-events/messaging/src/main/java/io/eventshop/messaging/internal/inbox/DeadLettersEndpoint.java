package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.Audit;
import io.eventshop.messaging.MessagingProperties;
import io.eventshop.messaging.internal.inbox.DeadLetters.Selection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
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
/// | `GET /actuator/deadletters?consumer=&fingerprint=&key=&status=&after=&limit=` | lists open letters, oldest first, without their data; all parameters are optional |
/// | `GET /actuator/deadletters/{consumer}/{eventId}` | shows one, with headers and data; what is personal in it is hidden |
/// | `POST /actuator/deadletters/{consumer}/{eventId}` `{"actor"}` | replays the sequence of its key |
/// | `POST /actuator/deadletters/{consumer}` `{"actor", "fingerprint" or "key" or "all": "true", "after"}` | replays all sequences with such a letter |
/// | `DELETE /actuator/deadletters/{consumer}/{eventId}?actor=&reason=` | discards it |
/// | `DELETE /actuator/deadletters/{consumer}?actor=&reason=&fingerprint=` or `&key=` or `&all=true`, `&after=` | discards all such letters |
///
/// Changes are refused with 403 unless `eventshop.messaging.write-operations` is true, and with 404
/// where there is no such letter or consumer. A consumer that the service once had counts, as long
/// as it has letters: those can be listed and discarded. What is malformed is answered with 400.
/// Who did it stands in the letter and in the log.
///
/// What is to be changed in bulk is always named, if need be by `all`: with a name that is
/// misspelled, nothing is changed.
@Endpoint(id = "deadletters")
public record DeadLettersEndpoint(
        DeadLetters deadLetters,
        DeadLetterDesk desk,
        DeadLetterSweep sweep,
        PersonalData personal,
        MessagingProperties properties) {

    private static final int LIST_DEFAULT = 50;
    private static final int LIST_MAX = 200;

    /// @param total how many are open of those that the filters let through, on all pages
    /// @param next to be given as `after` for the next page; null on the last one
    public record Page(List<Item> items, int total, @Nullable Long next) {}

    /// @param key as text; `0x` and its bytes where it is none
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

        static Item of(DeadLetter.Summary letter) {
            return new Item(
                    letter.consumer(),
                    letter.eventId(),
                    letter.position().toString(),
                    Sequence.text(letter.recordKey()),
                    letter.type(),
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
                    Item.of(letter.summary()),
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

    /// @param key as it is listed
    /// @param after the last page's `next`
    /// @param limit letters on the page, at most 200; 50 if there is none
    @ReadOperation
    public Page list(
            @Nullable String consumer,
            @Nullable String fingerprint,
            @Nullable String key,
            @Nullable String status,
            @Nullable Long after,
            @Nullable Integer limit) {
        requireNames(consumer, fingerprint);
        require(consumer == null || desk.knows(consumer), "no consumer has this name");
        require(status == null || DeadLetters.isOpen(status), "no open letter has this status");
        int size = limit == null ? LIST_DEFAULT : limit;
        require(size >= 1 && size <= LIST_MAX, "the limit is from 1 to " + LIST_MAX);

        var selection = new Selection(consumer, fingerprint, keyOf(key), status);
        var letters = deadLetters.list(selection, orStart(after), size + 1);
        var page = letters.subList(0, Math.min(size, letters.size()));
        return new Page(
                page.stream().map(Item::of).toList(),
                deadLetters.countOpen(selection),
                letters.size() > size ? page.getLast().seq() : null);
    }

    @ReadOperation
    @Nullable Letter show(@Selector String consumer, @Selector UUID eventId) {
        requireNames(consumer, null);
        return deadLetters
                .find(consumer, eventId)
                .map(letter -> Letter.of(letter, personal))
                .orElse(null);
    }

    @WriteOperation
    WebEndpointResponse<?> replay(@Selector String consumer, @Selector UUID eventId, String actor) {
        return ifAllowed(consumer, () -> desk.replay(consumer, eventId, actor));
    }

    @WriteOperation
    WebEndpointResponse<?> replayAll(
            @Selector String consumer,
            String actor,
            @Nullable String fingerprint,
            @Nullable String key,
            @Nullable Boolean all,
            @Nullable Long after) {
        return ifAllowed(
                consumer,
                () ->
                        selection(consumer, fingerprint, key, all)
                                .map(it -> sweep.replay(it, orStart(after), actor)));
    }

    @DeleteOperation
    WebEndpointResponse<?> discard(
            @Selector String consumer, @Selector UUID eventId, String actor, String reason) {
        return ifAllowed(consumer, () -> desk.discard(consumer, eventId, actor, reason));
    }

    @DeleteOperation
    WebEndpointResponse<?> discardAll(
            @Selector String consumer,
            String actor,
            String reason,
            @Nullable String fingerprint,
            @Nullable String key,
            @Nullable Boolean all,
            @Nullable Long after) {
        return ifAllowed(
                consumer,
                () ->
                        selection(consumer, fingerprint, key, all)
                                .map(it -> sweep.discard(it, orStart(after), actor, reason)));
    }

    private WebEndpointResponse<?> ifAllowed(String consumer, Supplier<Optional<?>> change) {
        if (!properties.writeOperations()) {
            return new WebEndpointResponse<>(
                    new Refusal(MessagingProperties.WRITE_OPERATIONS_OFF), 403);
        }
        requireNames(consumer, null);
        return change.get()
                .<WebEndpointResponse<?>>map(WebEndpointResponse::new)
                .orElseGet(() -> new WebEndpointResponse<>(404));
    }

    /// @return empty if there is no such consumer
    private Optional<Selection> selection(
            String consumer,
            @Nullable String fingerprint,
            @Nullable String key,
            @Nullable Boolean all) {
        requireNames(consumer, fingerprint);
        long named =
                Stream.of(fingerprint != null, key != null, all != null && all)
                        .filter(it -> it)
                        .count();
        require(named == 1, "name what is meant: fingerprint, key, or all=true");
        var selection = new Selection(consumer, fingerprint, keyOf(key), null);
        return desk.knows(consumer) ? Optional.of(selection) : Optional.empty();
    }

    private static long orStart(@Nullable Long after) {
        return after == null ? 0 : after;
    }

    private static void requireNames(@Nullable String consumer, @Nullable String fingerprint) {
        if (consumer != null) {
            Audit.requireName(consumer, "consumer");
        }
        if (fingerprint != null) {
            Audit.requireName(fingerprint, "fingerprint");
        }
    }

    private static byte @Nullable [] keyOf(@Nullable String text) {
        try {
            return text == null ? null : Sequence.keyOf(text);
        } catch (IllegalArgumentException _) {
            throw malformed("a key that begins with 0x goes on with pairs of hexadecimal digits");
        }
    }

    private static void require(boolean sound, String sentence) {
        if (!sound) {
            throw malformed(sentence);
        }
    }

    private static InvalidEndpointRequestException malformed(String sentence) {
        return new InvalidEndpointRequestException(sentence, sentence);
    }
}
