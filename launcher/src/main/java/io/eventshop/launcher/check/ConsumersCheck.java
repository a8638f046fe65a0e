package io.eventshop.launcher.check;

import static java.util.stream.Collectors.toMap;

import io.eventshop.launcher.check.Tables.Letter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/// Promise 7: consumers have read everything; what they could not apply lies in a dead letter, all
/// else has been applied.
final class ConsumersCheck {

    private static final int PROMISE = 7;

    private final Facts facts;
    private final Findings findings;

    ConsumersCheck(Facts facts, Findings findings) {
        this.facts = facts;
        this.findings = findings;
    }

    /// @param lagging consumers that have not read all of their topics
    void run(List<String> lagging, boolean settledLettersAllowed) {
        lagging.forEach(consumer -> findings.add(PROMISE, "%s", consumer));
        lettersAreExpected(settledLettersAllowed);
        everyEventIsMarked("reservations", "orders.events", Set.of("order-placed", "order-cancelled"));
        everyEventIsMarked(
                "order-saga",
                "reservations.events",
                Set.of("stock-reserved", "stock-rejected", "stock-released"));
        everyEventIsMarked(
                "mails",
                "orders.events",
                Set.of("order-placed", "order-confirmed", "order-rejected", "order-cancelled"));
        copiesAreTheNewest();
    }

    /// Behind a dead letter that somebody has put there, everything of its key waits.
    private void lettersAreExpected(boolean settledLettersAllowed) {
        Predicate<Letter> expected =
                letter ->
                        facts.isInjected(letter)
                                || (facts.isInjectedKey(letter.key())
                                        && !letter.status().equals("DEAD"))
                                || (settledLettersAllowed && !letter.isOpen());
        facts.tables().letters().stream()
                .filter(expected.negate())
                .forEach(letter ->
                        findings.add(
                                PROMISE,
                                "event %s of %s is a dead letter of %s, %s: %s",
                                letter.eventId(),
                                letter.key(),
                                letter.consumer(),
                                letter.status(),
                                letter.reason()));
    }

    /// The mark is written with the effect. So an event without one was never applied, whatever
    /// else looks as if it had been.
    private void everyEventIsMarked(String consumer, String topic, Set<String> types) {
        Set<UUID> marks = facts.tables().marks().getOrDefault(consumer, Set.of());
        Map<UUID, Letter> letters =
                facts.tables().letters().stream()
                        .filter(letter -> letter.consumer().equals(consumer))
                        .collect(toMap(Letter::eventId, letter -> letter));
        facts.log().first(topic).stream()
                .filter(record -> types.contains(record.type()))
                .filter(record ->
                        record.eventId().filter(marks::contains).isEmpty()
                                && record.eventId().filter(letters::containsKey).isEmpty())
                .forEach(record ->
                        findings.add(
                                PROMISE,
                                "%s has never dealt with event %s at %s, %s of %s",
                                consumer,
                                record.id(),
                                record.position(),
                                record.type(),
                                record.key()));
    }

    private void copiesAreTheNewest() {
        var newest =
                facts.log().first("items.events").stream()
                        .collect(
                                toMap(TopicRecord::key, TopicRecord::version, Math::max));
        newest.forEach((sku, version) -> {
            long copied = facts.tables().itemCopies().getOrDefault(sku, 0L);
            if (copied != version && !facts.isInjectedKey(sku)) {
                findings.add(
                        PROMISE,
                        "order-service knows version %d of %s, the newest is %d",
                        copied,
                        sku,
                        version);
            }
        });
    }
}
