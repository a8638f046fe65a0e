package io.eventshop.proof.check;

import io.eventshop.proof.shop.HistoryEntry;
import io.eventshop.proof.shop.HistoryEntry.FaultBegan;
import io.eventshop.proof.shop.HistoryEntry.FaultEnded;
import io.eventshop.proof.shop.HistoryEntry.OrderAnswered;
import io.eventshop.proof.shop.HistoryEntry.OrderAsked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// How soon after each fault an order was accepted that was asked for after it.
final class Recoveries {

    private Recoveries() {}

    static List<Recovery> of(List<HistoryEntry> history) {
        var accepted = acceptedByTimeOfAsking(history);
        var began = new HashMap<String, FaultBegan>();
        var recoveries = new ArrayList<Recovery>();
        for (HistoryEntry entry : history) {
            if (entry instanceof FaultBegan fault) {
                began.put(fault.id(), fault);
            } else if (entry instanceof FaultEnded(Instant ended, String id)) {
                FaultBegan fault = began.get(id);
                if (fault != null) {
                    recoveries.add(recovery(fault, ended, accepted));
                }
            }
        }
        return recoveries;
    }

    /// When each accepted attempt was answered, by when it was sent.
    private static NavigableMap<Instant, Instant> acceptedByTimeOfAsking(
            List<HistoryEntry> history) {
        Map<String, Instant> asked = new HashMap<>();
        var accepted = new TreeMap<Instant, Instant>();
        for (HistoryEntry entry : history) {
            if (entry instanceof OrderAsked question) {
                asked.put(question.request(), question.at());
            } else if (entry instanceof OrderAnswered answer && answer.isAccepted()) {
                Instant sent = asked.get(answer.request());
                if (sent != null) {
                    accepted.put(sent, answer.at());
                }
            }
        }
        return accepted;
    }

    private static Recovery recovery(
            FaultBegan fault, Instant ended, NavigableMap<Instant, Instant> accepted) {
        return new Recovery(
                fault.name(),
                fault.target(),
                Duration.between(fault.at(), ended),
                accepted.tailMap(ended, true).values().stream()
                        .min(Instant::compareTo)
                        .map(first -> Duration.between(ended, first))
                        .orElse(null));
    }
}
