package io.eventshop.launcher.demo.supervision;

import io.eventshop.launcher.servers.ProcessId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known about a part at a moment.
///
/// @param process the last process of the part, absent while none was started
/// @param since when it became what it is
public record PartState(
        String name, @Nullable ProcessId process, int port, Status status, Instant since) {

    public enum Status {
        /// Waits for another part, or for its turn after it died.
        WAITING,
        STARTING,
        READY,
        STOPPED
    }
}
