package io.eventshop.rogue.order;

import java.time.Instant;

final class ClockMaker {
    Instant now() {
        return Instant.now();
    }
}
