package io.eventshop.proof.check;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How soon orders were accepted again.
///
/// @param fault the kind, e.g. `kill`
/// @param target what it was done to
/// @param broken from the beginning of the fault to its end
/// @param untilAccepted from the end of the fault to the first 2xx of a request that was sent
///   later; null if there was none
public record Recovery(
        String fault, String target, Duration broken, @Nullable Duration untilAccepted) {}
