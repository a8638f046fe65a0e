package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.transport.Position;

/// A batch was left before its end. What was applied is applied; the rest is delivered again.
final class BatchUnfinishedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private BatchUnfinishedException(String message) {
        super(message);
    }

    /// It took so long that the consumer has to poll before it goes on.
    static BatchUnfinishedException outOfTime(Position next) {
        return new BatchUnfinishedException(
                "the time for one batch is over; to be continued at " + next);
    }

    static BatchUnfinishedException inUse(int keys) {
        return new BatchUnfinishedException(
                "somebody else is dealing with %d of its keys; these come again".formatted(keys));
    }
}
