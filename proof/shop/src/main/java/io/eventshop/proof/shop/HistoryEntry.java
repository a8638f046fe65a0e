package io.eventshop.proof.shop;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.eventshop.launcher.servers.Position;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that happened on the outside of the shop. All times are of one clock, the history's.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "what")
@JsonSubTypes({
    @JsonSubTypes.Type(value = HistoryEntry.OrderAsked.class, name = "order-asked"),
    @JsonSubTypes.Type(value = HistoryEntry.OrderAnswered.class, name = "order-answered"),
    @JsonSubTypes.Type(value = HistoryEntry.OrderUnknown.class, name = "order-unknown"),
    @JsonSubTypes.Type(value = HistoryEntry.CancellationAsked.class, name = "cancellation-asked"),
    @JsonSubTypes.Type(
            value = HistoryEntry.CancellationAnswered.class,
            name = "cancellation-answered"),
    @JsonSubTypes.Type(value = HistoryEntry.FaultBegan.class, name = "fault-began"),
    @JsonSubTypes.Type(value = HistoryEntry.FaultEnded.class, name = "fault-ended"),
    @JsonSubTypes.Type(value = HistoryEntry.RecordInjected.class, name = "record-injected")
})
public sealed interface HistoryEntry {

    Instant at();

    /// One attempt of a request; a repeated one has the same key and content.
    ///
    /// @param key the `Idempotency-Key`; null where none was sent
    /// @param request names the request among all of the history: the key, or anything else that is
    ///   unique where there is no key
    /// @param quantities ordered, by SKU
    record OrderAsked(
            Instant at,
            String request,
            @Nullable String key,
            String customerId,
            String email,
            Map<String, Integer> quantities)
            implements HistoryEntry {}

    /// An attempt was answered.
    ///
    /// @param orderId null unless the status is 2xx
    /// @param orderStatus as the answer said it, null as above
    record OrderAnswered(
            Instant at,
            String request,
            int httpStatus,
            @Nullable UUID orderId,
            @Nullable String orderStatus)
            implements HistoryEntry {

        public boolean isAccepted() {
            return httpStatus / 100 == 2;
        }
    }

    /// An attempt ended without an answer: a time-out, a broken connection. Nobody knows what came
    /// of it.
    record OrderUnknown(Instant at, String request, String why) implements HistoryEntry {}

    record CancellationAsked(Instant at, UUID orderId) implements HistoryEntry {}

    record CancellationAnswered(Instant at, UUID orderId, int httpStatus) implements HistoryEntry {}

    /// @param id names the fault among all of the history
    /// @param name the kind, e.g. `kill`
    /// @param target what it was done to, e.g. `order-service-1`
    record FaultBegan(Instant at, String id, String name, String target) implements HistoryEntry {}

    /// Nothing is broken by this fault any more: the part runs again, the connection is whole.
    record FaultEnded(Instant at, String id) implements HistoryEntry {}

    /// A record that no service has sent. It is not missed where it is not, may be dead-lettered,
    /// and its key may wait behind it.
    ///
    /// @param why e.g. `poison` or `duplicate`
    /// @param lane files of a demo from before it was a text say `partition`
    /// @param place in the lane; such files say `offset`
    record RecordInjected(
            Instant at,
            String topic,
            @JsonAlias("partition") String lane,
            @JsonAlias("offset") String place,
            String why)
            implements HistoryEntry {

        public Position position() {
            return new Position(topic, lane, place);
        }
    }
}
