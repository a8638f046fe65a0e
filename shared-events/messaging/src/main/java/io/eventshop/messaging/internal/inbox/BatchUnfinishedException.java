package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.transport.Position;

/// A batch took so long that the consumer has to poll before it goes on. What was applied is
/// applied; the rest is delivered again.
public final class BatchUnfinishedException extends RuntimeException {

    BatchUnfinishedException(Position next) {
        super("the time for one batch is over; to be continued at " + next);
    }
}
