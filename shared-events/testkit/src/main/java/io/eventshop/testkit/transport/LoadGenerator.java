package io.eventshop.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.messaging.transport.Outcome;
import io.eventshop.messaging.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Publishes numbered records as a relay does: what was not accepted is in the next pass again, and
/// of each key the pass begins with the first that was not.
final class LoadGenerator implements AutoCloseable {

    /// Between passes, so that a test that runs for seconds stays small enough to be judged.
    private static final Duration REST = Duration.ofMillis(20);

    private final Transport transport;
    private final String topic;
    private final List<String> keys;
    private final Shape shape;
    private final Supplier<Duration> deadline;
    private final Map<String, Integer> sent = new ConcurrentHashMap<>();
    private final Map<String, Integer> accepted = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private volatile boolean stopping;

    /// @param each records of each key in a pass
    /// @param bytes of a record's value
    record Shape(int each, int bytes) {}

    LoadGenerator(
            Transport transport,
            String topic,
            List<String> keys,
            Shape shape,
            Supplier<Duration> deadline) {
        this.transport = transport;
        this.topic = topic;
        this.keys = List.copyOf(keys);
        this.shape = shape;
        this.deadline = deadline;
    }

    /// So many passes now; returns when all of their records are accepted.
    ///
    /// @return the highest number of each key that was ever published
    Map<String, Integer> publish(int passes) {
        for (int pass = 0; pass < passes; pass++) {
            pass(Integer.MAX_VALUE);
        }
        while (!accepted.equals(sent)) {
            pass(0);
        }
        return Map.copyOf(accepted);
    }

    /// Goes on in a thread of its own until [#finish].
    LoadGenerator start() {
        Thread.ofPlatform()
                .daemon()
                .name("load")
                .start(() -> {
                    try {
                        while (!stopping) {
                            pass(Integer.MAX_VALUE);
                            Thread.sleep(REST);
                        }
                        end.complete(null);
                    } catch (Throwable e) { // also an AssertionError, which is the test's
                        end.completeExceptionally(e);
                    }
                });
        return this;
    }

    /// Ends the thread, and returns when all that was sent is accepted.
    ///
    /// @return the highest number of each key that was ever published
    Map<String, Integer> finish() {
        stopping = true;
        end.join();
        return publish(0);
    }

    long acceptedCount() {
        if (end.isCompletedExceptionally()) {
            end.join();
        }
        return accepted.values().stream().mapToLong(Integer::longValue).sum();
    }

    private void pass(int newOnes) {
        var pass = new ArrayList<Numbered>();
        for (int i = 1; i <= shape.each(); i++) {
            for (String key : keys) {
                int number = accepted.getOrDefault(key, 0) + i;
                if (newOnes > 0 || number <= sent.getOrDefault(key, 0)) {
                    pass.add(new Numbered(key, number));
                    sent.merge(key, number, Math::max);
                }
            }
        }
        var records = pass.stream().map(one -> one.to(topic, shape.bytes())).toList();
        accept(pass, transport.send(records, deadline.get()));
    }

    /// A key's first failure in a pass has to be its last record there that anything is known of.
    private void accept(List<Numbered> pass, List<Outcome> outcomes) {
        assertThat(outcomes).hasSameSizeAs(pass);
        var failed = new HashSet<String>();
        for (int i = 0; i < pass.size(); i++) {
            var one = pass.get(i);
            switch (outcomes.get(i)) {
                case Outcome.Acked() -> {
                    assertThat(failed)
                            .as("%s is accepted behind one that was not", one)
                            .doesNotContain(one.key());
                    accepted.put(one.key(), one.number());
                }
                case Outcome.Unknown(_) -> failed.add(one.key());
                case Outcome.Refused(var reason) ->
                        throw new AssertionError("%s is refused: %s".formatted(one, reason));
            }
        }
    }

    @Override
    public void close() {
        stopping = true;
        transport.close();
    }
}
