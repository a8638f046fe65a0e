package io.eventshop.testkit.fuzz;

import static io.eventshop.testkit.Eventually.eventually;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import io.eventshop.testkit.Dice;
import io.eventshop.testkit.KafkaProbe;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Sends a consumer mutated records, and after them a sound one on each partition:
///
/// 1. nothing blocks: all of them are dealt with;
/// 2. each by rule: what has an unknown type leaves no trace, what cannot be read is a letter;
/// 3. each is counted once, and the tables say the same as the meters.
///
/// @param encoder an event to JSON
/// @param meter the count of the consumer's meter `eventshop.inbox.` of this name
public record EventFuzz(
        KafkaProbe kafka,
        JdbcClient jdbc,
        Function<Event, byte[]> encoder,
        String consumer,
        ToLongFunction<String> meter) {

    private static final Logger LOG = LoggerFactory.getLogger(EventFuzz.class);

    /// What may become of a record, as the meters call it.
    private static final List<String> FATES =
            List.of("handled", "duplicates", "ignored", "dead", "parked");

    /// @param events makes sound events that the consumer handles, which are mutated then
    /// @param last sound events; each goes to the next partition of its topic, so there are as many
    ///   of a topic as it has partitions, about things that `events` leaves alone
    public void run(int records, Function<Dice, Event> events, List<? extends Event> last) {
        long seed = Dice.seed();
        LOG.info("{}: {} records of seed {}", consumer, records, seed);
        var wild = new WildRecords(encoder);
        wild.addMutated(seed, records, events);
        wild.addSound(last);
        var countsBefore = countsSince(Map.of());
        var tracesBefore = traces();

        quietly(() -> {
            kafka.publishAll(wild.all);
            eventually(() ->
                    assertThat(countsSince(countsBefore).values().stream().mapToInt(it -> it).sum())
                            .as("all dealt with, of seed %d", seed)
                            .isEqualTo(wild.all.size()));
        });

        var counts = countsSince(countsBefore);
        var traces = traces();
        traces.removeAll(tracesBefore);
        LOG.info("{}: {} of seed {}", consumer, counts, seed);
        int dead = counts.getOrDefault("dead", 0);
        int parked = counts.getOrDefault("parked", 0);
        assertThat(ids(traces, "DEAD")).hasSize(dead);
        assertThat(ids(traces, "PARKED")).hasSize(parked);
        assertThat(ids(traces, "MARKED"))
                .hasSize(counts.getOrDefault("handled", 0) + dead + parked)
                .as("seed %d", seed)
                .doesNotContainAnyElementsOf(wild.owedNothing);
        assertThat(ids(traces, "DEAD", "PARKED")).as("seed %d", seed).containsAll(wild.owedALetter);
    }

    /// What the meters say became of the records.
    private Map<String, Integer> countsSince(Map<String, Integer> before) {
        return FATES.stream()
                .collect(
                        toMap(
                                fate -> fate,
                                fate ->
                                        Math.toIntExact(meter.applyAsLong(fate))
                                                - before.getOrDefault(fate, 0)));
    }

    private record Trace(UUID eventId, String what) {}

    /// What the tables say became of the events.
    private Set<Trace> traces() {
        return new HashSet<>(
                jdbc.sql(
                                """
                                select event_id, 'MARKED' as what
                                  from messaging.processed_message
                                 where consumer = :consumer
                                union all
                                select event_id, status
                                  from messaging.dead_letter
                                 where consumer = :consumer
                                """)
                        .param("consumer", consumer)
                        .query(Trace.class)
                        .list());
    }

    private static Set<UUID> ids(Set<Trace> traces, String... whats) {
        return traces.stream()
                .filter(trace -> List.of(whats).contains(trace.what()))
                .map(Trace::eventId)
                .collect(toSet());
    }

    /// Each letter is a warning with its stack trace, and thousands of them are no news here.
    private static void quietly(Runnable work) {
        var logging = LoggingSystem.get(EventFuzz.class.getClassLoader());
        logging.setLogLevel("io.eventshop", LogLevel.ERROR);
        try {
            work.run();
        } finally {
            logging.setLogLevel("io.eventshop", LogLevel.INFO);
        }
    }
}
