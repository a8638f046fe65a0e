package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.transport.Position;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// How often in a row the infrastructure failed on the event that a lane waits for. An event whose
/// handler brings its connection down looks like an outage, but an outage is not that choosy.
///
/// In memory, one entry for each lane: a restart or another instance counts anew, which only means
/// a few more attempts.
final class Strikes {

    private final Map<Place, Count> counts = new ConcurrentHashMap<>();
    private final int strikesMax;

    Strikes(InboxProperties properties) {
        this.strikesMax = properties.strikesMax();
    }

    /// Counts one more for this event.
    ///
    /// @return whether that was the last one it had
    boolean isOut(Incoming incoming) {
        var place = Place.of(incoming);
        var count =
                counts.merge(
                        place,
                        new Count(incoming.id(), 1),
                        (before, one) ->
                                before.eventId().equals(one.eventId())
                                        ? new Count(one.eventId(), before.strikes() + 1)
                                        : one);
        if (count.strikes() < strikesMax) {
            return false;
        }
        counts.remove(place);
        return true;
    }

    /// Forgets this event's strikes; those of another event in its lane stay, for duplicates before
    /// it pass each time.
    void clear(Incoming incoming) {
        var _ =
                counts.computeIfPresent(
                        Place.of(incoming),
                        (_, count) -> count.eventId().equals(incoming.id()) ? null : count);
    }

    private record Place(String consumer, String topic, String lane) {
        static Place of(Incoming incoming) {
            Position position = incoming.delivery().position();
            return new Place(incoming.consumer(), position.topic(), position.lane());
        }
    }

    private record Count(UUID eventId, int strikes) {}
}
