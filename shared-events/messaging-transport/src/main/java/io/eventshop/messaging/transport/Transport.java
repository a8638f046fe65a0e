package io.eventshop.messaging.transport;

import java.time.Duration;
import java.util.List;

/// Sends records to the broker, in order.
///
/// An instance belongs to one relay loop and sends for one thread at a time.
public interface Transport extends AutoCloseable {

    /// Sends the records in the order given and waits for the broker's answers until the deadline.
    ///
    /// Records of one key are accepted as a prefix without holes: after the first failure, of
    /// whatever record, nothing more is sent, and nothing that was sent before gets through later.
    /// The next call begins anew. A crash in the middle leaves such a prefix too.
    ///
    /// @return one outcome for each record, in the same order; never throws for a record or an
    ///   unreachable broker
    List<Outcome> send(List<OutgoingRecord> records, Duration deadline);

    /// Gives up what is being sent, from any thread and at once; a [#send] that is waiting returns.
    /// May be called again, and a later send opens the transport again.
    @Override
    void close();
}
