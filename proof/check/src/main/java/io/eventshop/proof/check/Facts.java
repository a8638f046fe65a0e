package io.eventshop.proof.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.eventshop.launcher.servers.Position;
import io.eventshop.proof.check.Tables.Letter;
import io.eventshop.proof.check.Tables.Step;
import io.eventshop.proof.shop.HistoryEntry;
import io.eventshop.proof.shop.HistoryEntry.RecordInjected;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Everything that is known, joined where several promises need it so.
final class Facts {

    private final Tables tables;
    private final TopicLog log;
    private final List<HistoryEntry> history;
    private final Map<Position, Integer> places = new HashMap<>();
    private final Set<Position> injected;
    private final Set<String> injectedKeys;
    private final Set<String> waitingKeys;
    private final Map<UUID, List<Step>> steps;

    Facts(Tables tables, TopicLog all, List<HistoryEntry> history) {
        this.tables = tables;
        this.history = history;
        this.injected =
                history(RecordInjected.class).map(RecordInjected::position).collect(toSet());
        for (TopicRecord record : all.records()) {
            var _ = places.putIfAbsent(record.position(), places.size());
        }
        this.injectedKeys =
                all.records().stream()
                        .filter(record -> injected.contains(record.position()))
                        .map(TopicRecord::key)
                        .collect(toSet());
        this.log =
                new TopicLog(
                        all.records().stream()
                                .filter(record -> !injected.contains(record.position()))
                                .toList(),
                        all.truncated());
        this.waitingKeys =
                tables.letters().stream().filter(Letter::isOpen).map(Letter::key).collect(toSet());
        this.steps = tables.steps().stream().collect(groupingBy(Step::orderId));
    }

    Tables tables() {
        return tables;
    }

    /// Without the records that no service has sent.
    TopicLog log() {
        return log;
    }

    /// Whether the one place comes behind the other in their lane. Lanes are read in their order; a
    /// record that the broker has deleted came before all that there are, and one that it got after
    /// the log was read comes behind them.
    boolean isBehind(Position one, Position other) {
        int unknown = log.truncated().contains(other.topic()) ? -1 : Integer.MAX_VALUE;
        return one.topic().equals(other.topic())
                && one.lane().equals(other.lane())
                && places.getOrDefault(one, -1) > places.getOrDefault(other, unknown);
    }

    <T extends HistoryEntry> Stream<T> history(Class<T> kind) {
        return history.stream().filter(kind::isInstance).map(kind::cast);
    }

    /// An order's history, oldest first; empty where it has none.
    List<Step> steps(UUID orderId) {
        return steps.getOrDefault(orderId, List.of());
    }

    /// Where the records lie of which the history says that they are poison.
    Set<Position> poison() {
        return history(RecordInjected.class)
                .filter(record -> record.why().equals("poison"))
                .map(RecordInjected::position)
                .collect(toSet());
    }

    boolean isInjected(Letter letter) {
        return injected.contains(letter.position());
    }

    /// Somebody has sent a record of his own with this key.
    boolean isInjectedKey(String key) {
        return injectedKeys.contains(key);
    }

    int injectedCount() {
        return injected.size();
    }

    /// An event of this key lies in a dead letter that is open, so what follows from it has to
    /// wait.
    boolean isWaiting(Object key) {
        return waitingKeys.contains(key.toString());
    }
}
