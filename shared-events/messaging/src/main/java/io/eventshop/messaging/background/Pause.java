package io.eventshop.messaging.background;

import java.time.Duration;

/// What follows a step of [BackgroundWork].
///
/// @param length until the next step
/// @param isCutShort whether a wake-up ends it: not after a failure, which gets no better by new
///   work
public record Pause(Duration length, boolean isCutShort) {

    public static final Pause NONE = of(Duration.ZERO);

    public static Pause of(Duration length) {
        return new Pause(length, false);
    }

    public static Pause untilWoken(Duration atMost) {
        return new Pause(atMost, true);
    }
}
