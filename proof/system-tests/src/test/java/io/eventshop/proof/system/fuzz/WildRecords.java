package io.eventshop.proof.system.fuzz;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.launcher.servers.RawRecord;
import io.eventshop.proof.system.Dice;
import io.eventshop.proof.system.fuzz.Mutation.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// Records to send, and what the rules owe some of their events.
final class WildRecords {

    /// How many are an earlier one once more.
    private static final double REPEATED = 0.05;

    final List<RawRecord> all = new ArrayList<>();
    final Set<UUID> owedALetter = new HashSet<>();
    final Set<UUID> owedNothing = new HashSet<>();

    void addMutated(long seed, int records, Function<Dice, Event> events) {
        for (int i = 0; i < records; i++) {
            var dice = Dice.of(seed, i);
            if (!all.isEmpty() && dice.chance(REPEATED)) {
                all.add(dice.oneOf(all));
            } else {
                add(events.apply(dice), dice);
            }
        }
    }

    private void add(Event event, Dice dice) {
        var record = new WildRecord(event);
        var mutation = dice.oneOf(Mutation.ALL);
        mutation.change.accept(record, dice);
        if (mutation.rule == Rule.LETTER) {
            owedALetter.add(record.id);
        }
        if (mutation.rule == Rule.IGNORED || mutation.rule == Rule.DISBELIEVED) {
            owedNothing.add(record.id);
        }
        all.add(record.toRaw());
    }

    /// One on each partition, in turn.
    void addSound(List<? extends Event> events) {
        var next = new HashMap<Topic, Integer>();
        for (Event event : events) {
            var topic = ShopEvents.CATALOG.of(event.getClass()).topic();
            int lane = next.merge(topic, 1, Integer::sum) - 1;
            all.add(new WildRecord(event).toRaw().inLane(Integer.toString(lane)));
        }
    }
}
