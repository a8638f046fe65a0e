package io.eventshop.testkit.fuzz;

import static io.eventshop.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import io.eventshop.testkit.Dice;
import io.eventshop.testkit.KafkaProbe;
import java.util.List;
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
public final class EventFuzz {

    private static final Logger LOG = LoggerFactory.getLogger(EventFuzz.class);

    private final KafkaProbe kafka;
    private final JdbcClient jdbc;
    private final Function<Event, byte[]> encoder;
    private final String consumer;
    private final ToLongFunction<String> meter;

    /// @param encoder an event to JSON
    /// @param meter the count of the consumer's meter `eventshop.inbox.` of this name
    public EventFuzz(
            KafkaProbe kafka,
            JdbcClient jdbc,
            Function<Event, byte[]> encoder,
            String consumer,
            ToLongFunction<String> meter) {
        this.kafka = kafka;
        this.jdbc = jdbc;
        this.encoder = encoder;
        this.consumer = consumer;
        this.meter = meter;
    }

    /// @param events makes sound events that the consumer handles, which are mutated then
    /// @param last sound events; each goes to the next partition of its topic, so there are as many
    ///   of a topic as it has partitions, about things that `events` leaves alone
    public void run(int records, Function<Dice, Event> events, List<? extends Event> last) {
        long seed = Dice.seed();
        LOG.info("{}: {} records of seed {}", consumer, records, seed);
        var wild = new WildRecords(encoder);
        wild.addMutated(seed, records, events);
        wild.addSound(last);
        var countsBefore = InboxCounts.of(meter);
        var rowsBefore = InboxRows.of(consumer, jdbc);

        quietly(() -> {
            kafka.publishAll(wild.all);
            eventually(() ->
                    assertThat(InboxCounts.of(meter).minus(countsBefore))
                            .as("all dealt with, of seed %d", seed)
                            .returns((long) wild.all.size(), InboxCounts::total));
        });

        var counts = InboxCounts.of(meter).minus(countsBefore);
        var rows = InboxRows.of(consumer, jdbc).minus(rowsBefore);
        LOG.info("{}: {} of seed {}", consumer, counts, seed);
        assertThat(rows.dead()).hasSize((int) counts.dead());
        assertThat(rows.parked()).hasSize((int) counts.parked());
        assertThat(rows.marked())
                .hasSize((int) (counts.handled() + counts.dead() + counts.parked()))
                .as("seed %d", seed)
                .doesNotContainAnyElementsOf(wild.owedNothing);
        assertThat(rows.letters()).as("seed %d", seed).containsAll(wild.owedALetter);
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
