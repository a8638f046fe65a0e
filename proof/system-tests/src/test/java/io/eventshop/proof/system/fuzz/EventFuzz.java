package io.eventshop.proof.system.fuzz;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.eventshop.contracts.Event;
import io.eventshop.launcher.servers.EventLog;
import io.eventshop.proof.system.Dice;
import io.eventshop.testkit.Eventually;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// Sends a consumer mutated records, and after them a sound one on each partition:
///
/// 1. nothing blocks: all of them are dealt with;
/// 2. each by rule: what has an unknown type leaves no trace, what is not believed none under its
///    id, what cannot be read is a letter;
/// 3. each is counted once, and the tables say the same as the meters.
record EventFuzz(LoneService service, String consumer) {

    /// @param events makes sound events that the consumer handles, which are mutated then
    /// @param last sound events; each goes to the next partition of its topic, so there are as many
    ///   of a topic as it has partitions, about things that `events` leaves alone
    void run(int records, Function<Dice, Event> events, List<? extends Event> last)
            throws Exception {
        long seed = Dice.seed();
        System.out.printf("%s: %d records of seed %d%n", consumer, records, seed);
        var wild = new WildRecords();
        wild.addMutated(seed, records, events);
        wild.addSound(last);
        int dealtWithBefore = dealtWith();

        try (var log = EventLog.kafka(service.bootstrapServers(), Duration.ofMinutes(2))) {
            var _ = log.write(wild.all);
        }
        Eventually.await("all are dealt with, of seed " + seed)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () -> assertThat(dealtWith() - dealtWithBefore).isEqualTo(wild.all.size()));

        var fates = service.fates(consumer);
        System.out.printf("%s: %s of seed %d%n", consumer, fates, seed);
        var marked = ids("messaging.processed_message where consumer = '%s'".formatted(consumer));
        var dead = letters("DEAD");
        var parked = letters("PARKED");
        assertThat(fates)
                .as("seed %d", seed)
                .contains(
                        entry("dead", dead.size()),
                        entry("parked", parked.size()),
                        entry("handled", marked.size() - dead.size() - parked.size()));
        assertThat(marked).as("seed %d", seed).doesNotContainAnyElementsOf(wild.owedNothing);
        dead.addAll(parked);
        assertThat(dead).as("letters of seed %d", seed).containsAll(wild.owedALetter);
    }

    private int dealtWith() throws IOException, InterruptedException {
        return service.fates(consumer).values().stream().mapToInt(count -> count).sum();
    }

    private Set<UUID> letters(String status) throws SQLException {
        return ids(
                "messaging.dead_letter where consumer = '%s' and status = '%s'"
                        .formatted(consumer, status));
    }

    private Set<UUID> ids(String events) throws SQLException {
        return service.rows("select event_id from " + events).stream()
                .map(UUID::fromString)
                .collect(toSet());
    }
}
