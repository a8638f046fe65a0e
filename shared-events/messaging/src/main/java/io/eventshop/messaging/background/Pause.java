package io.eventshop.messaging.background;

import java.time.Duration;

/// What follows a step of [BackgroundWork].
///
/// @param length until the next step; ignored where none follows
/// @param isCutShort whether a wake-up ends it: not after a failure, which gets no better by new
///   work
/// @param isLast whether no step follows
public record Pause(Duration length, boolean isCutShort, boolean isLast) {

    public static final Pause NONE = of(Duration.ZERO);

    /// The work is done, until the service is started again.
    public static final Pause FOR_EVER = new Pause(Duration.ZERO, false, true);

    public static Pause of(Duration length) {
        return new Pause(length, false, false);
    }

    public static Pause untilWoken(Duration atMost) {
        return new Pause(atMost, true, false);
    }
}
