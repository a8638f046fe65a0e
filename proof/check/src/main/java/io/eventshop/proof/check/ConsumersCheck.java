package io.eventshop.proof.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.eventshop.launcher.servers.Position;
import io.eventshop.proof.check.Tables.Letter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/// Promise 7: what consumers could not apply lies in a dead letter, all else has been applied.
final class ConsumersCheck {

    private static final int PROMISE = 7;

    /// A mark has the time at which its transaction began, and that may then have waited for the
    /// replay that settles the letter.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Facts facts;
    private final Findings findings;

    ConsumersCheck(Facts facts, Findings findings) {
        this.facts = facts;
        this.findings = findings;
    }

    void run(boolean settledLettersAllowed) {
        lettersAreExpected(settledLettersAllowed);
        everyEventIsMarked(
                "reservations", "orders.events", Set.of("order-placed", "order-cancelled"));
        everyEventIsMarked(
                "order-saga",
                "reservations.events",
                Set.of("stock-reserved", "stock-rejected", "stock-released"));
        everyEventIsMarked(
                "mails",
                "orders.events",
                Set.of("order-placed", "order-confirmed", "order-rejected", "order-cancelled"));
        copiesAreTheNewest();
        poisonIsKept();
        nothingOvertakesALetter();
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
        Set<UUID> marks = facts.tables().marks().getOrDefault(consumer, Map.of()).keySet();
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
                        .collect(toMap(TopicRecord::key, TopicRecord::version, Math::max));
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

    /// By at least one of those who read the topic; the others may not handle its type.
    private void poisonIsKept() {
        Set<Position> kept =
                facts.tables().letters().stream().map(Letter::position).collect(toSet());
        facts.poison().stream()
                .filter(position -> !kept.contains(position))
                .forEach(position ->
                        findings.add(
                                PROMISE,
                                "the poison at %s was thrown away: it is in no dead letter",
                                position));
    }

    /// An event that comes after a dead letter of its key waits behind it, as a letter too, until
    /// it is settled.
    private void nothingOvertakesALetter() {
        Set<String> letters =
                facts.tables().letters().stream()
                        .map(letter -> letter.consumer() + letter.eventId())
                        .collect(toSet());
        var records = facts.log().records().stream().collect(groupingBy(TopicRecord::key));
        for (Letter letter : facts.tables().letters()) {
            Map<UUID, Instant> marks =
                    facts.tables().marks().getOrDefault(letter.consumer(), Map.of());
            records.getOrDefault(letter.key(), List.of()).stream()
                    .filter(record ->
                            facts.isBehind(record.position(), letter.position())
                                    && !letters.contains(letter.consumer() + record.id()))
                    .filter(record ->
                            record.eventId()
                                    .map(marks::get)
                                    .filter(marked -> isWithin(marked, letter))
                                    .isPresent())
                    .forEach(record ->
                            findings.add(
                                    PROMISE,
                                    "event %s of %s was applied by %s before event %s, a dead letter",
                                    record.id(),
                                    record.key(),
                                    letter.consumer(),
                                    letter.eventId()));
        }
    }

    private static boolean isWithin(Instant marked, Letter letter) {
        return marked.isAfter(letter.failedAt())
                && (letter.settledAt() == null || marked.isBefore(letter.settledAt().minus(GRACE)));
    }
}
