package io.eventshop.messaging.transport;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Takes what a [Receiver] has received.
@FunctionalInterface
public interface BatchHandler {

    /// Deals with all records of the batch, or says when they are to come again.
    ///
    /// @param batch of each lane in its order, without a gap behind what was dealt with before
    /// @return empty if every record is dealt with, and none has to come again; otherwise a pause,
    ///   after which all of it comes again, each lane before what lies behind it there, perhaps in
    ///   other batches. What was dealt with by then is recognised
    /// @throws Error which ends the receiver; the batch comes again. Never throws an exception
    Optional<Duration> handle(List<Delivery> batch);
}
