package io.eventshop.proof.system;

import io.eventshop.proof.check.Consumers;
import io.eventshop.testkit.Eventually;
import java.io.IOException;
import java.time.Duration;

/// How far the consumers have come.
public final class CaughtUp {

    private CaughtUp() {}

    /// Returns when each consumer has committed up to the end of its topics.
    public static void await(String bootstrapServers) {
        try (var consumers = new Consumers(bootstrapServers)) {
            Eventually.await("all consumers have caught up")
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptionsInstanceOf(IOException.class) // it is asked again
                    .until(() -> consumers.progress().lagging().isEmpty());
        }
    }
}
