package io.eventshop.messaging.internal.inbox;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a call has done about dead letters so far; true also where the call ends with an exception.
final class Tally {

    /// Sequences whose failure is reported; the log has the others'.
    private static final int STOPS_MAX = 5;

    private final List<String> stops = new ArrayList<>();
    private int settled;
    private int stopped;

    void settle(int letters) {
        settled += letters;
    }

    /// A sequence was left before its end.
    void stoppedBy(String reason) {
        stopped++;
        if (stops.size() < STOPS_MAX) {
            stops.add(reason);
        }
    }

    boolean isAny() {
        return settled > 0 || stopped > 0;
    }

    int settled() {
        return settled;
    }

    int stopped() {
        return stopped;
    }

    List<String> stops() {
        return List.copyOf(stops);
    }

    @Nullable String firstStop() {
        return stops.isEmpty() ? null : stops.getFirst();
    }
}
