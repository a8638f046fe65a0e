package io.eventshop.launcher.supervision;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Clears what a launcher left behind that was killed: exactly the processes it had written down,
/// recognised by number and start, and their children. A process that only looks alike is foreign
/// and stays.
public final class Leftovers {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Leftovers() {}

    /// Returns how many processes it had to end.
    public static int clear(DemoState state) {
        List<ProcessHandle> left =
                state.parts().stream()
                        .map(PartState::process)
                        .filter(Objects::nonNull)
                        .flatMap(process -> process.running().stream())
                        .flatMap(
                                process -> Stream.concat(Stream.of(process), process.descendants()))
                        .toList();
        left.forEach(ProcessHandle::destroy);
        awaitEnd(left);
        left.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(left);
        return left.size();
    }

    private static void awaitEnd(List<ProcessHandle> processes) {
        CompletableFuture.allOf(
                        processes.stream()
                                .map(ProcessHandle::onExit)
                                .toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
