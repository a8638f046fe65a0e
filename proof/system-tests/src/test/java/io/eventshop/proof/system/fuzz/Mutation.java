package io.eventshop.proof.system.fuzz;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.proof.system.Dice;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/// What can be wrong with a record, and what the inbox owes it.
@SuppressWarnings("ImmutableEnumChecker") // the changes have no state
enum Mutation {
    NONE(Rule.ANY, (_, _) -> {}),
    HEADER_MISSING(Rule.ANY, (record, dice) -> record.headers.remove(header(record, dice))),
    HEADER_GARBLED(
            Rule.ANY, (record, dice) -> record.headers.put(header(record, dice), garbage(dice))),
    TYPE_UNKNOWN(
            Rule.IGNORED,
            (record, dice) ->
                    record.set(
                            "ce_type",
                            dice.oneOf("org.eventshop.orders.order-praised.v1", "x", "", "%s"))),
    MAJOR_UNKNOWN(
            Rule.LETTER,
            (record, dice) ->
                    record.set(
                            "ce_type",
                            record.text("ce_type").replaceFirst("[0-9]+$", "")
                                    + dice.oneOf("99", "0", "00000", "9".repeat(40)))),
    VALUE_MISSING(Rule.LETTER, (record, _) -> record.value = null),
    VALUE_TRUNCATED(
            Rule.LETTER,
            (record, dice) -> record.value = Arrays.copyOf(record.json(), dice.below(20))),
    VALUE_GARBAGE(Rule.ANY, (record, dice) -> record.value = garbage(dice)),
    VALUE_IN_ANOTHER_CHARSET(
            Rule.ANY,
            (record, _) -> record.value = new String(record.json(), UTF_8).getBytes(UTF_16)),
    VALUE_TOO_DEEP(
            Rule.LETTER,
            (record, dice) ->
                    record.value = dice.oneOf("[", "{\"a\":").repeat(20_000).getBytes(UTF_8)),
    FIELD_WRONG(Rule.ANY, (record, dice) -> record.value = Spoiling.field(record.json(), dice)),
    BIT_FLIPPED(Rule.ANY, (record, dice) -> record.value = Spoiling.bit(record.json(), dice)),
    KEY_MISSING(Rule.DISBELIEVED, (record, _) -> record.key = null),
    KEY_NO_TEXT(Rule.DISBELIEVED, (record, dice) -> record.key = dice.bytes(dice.below(40))),
    KEY_OF_ANOTHER(
            Rule.DISBELIEVED,
            (record, _) -> record.key = UUID.randomUUID().toString().getBytes(UTF_8)),
    SUBJECT_OF_ANOTHER(
            Rule.DISBELIEVED,
            (record, _) -> record.set("ce_subject", UUID.randomUUID().toString())),
    SOURCE_OF_ANOTHER(
            Rule.DISBELIEVED,
            (record, dice) -> record.set("ce_source", dice.oneOf("/elsewhere", "", "/"))),
    VERSION_IMPOSSIBLE(
            Rule.LETTER,
            (record, dice) ->
                    record.set(
                            "ce_aggregateversion",
                            dice.oneOf("0", "-1", "1000000000001", "9223372036854775807"))),
    STRUCTURED(Rule.ANY, (record, _) -> record.becomeStructured()),
    STRUCTURED_AND_WRONG(
            Rule.ANY,
            (record, dice) -> {
                record.becomeStructured();
                record.value = Spoiling.field(record.json(), dice);
            }),
    CONTENT_TYPE_WRONG(
            Rule.ANY,
            (record, dice) ->
                    record.set(
                            "content-type",
                            dice.oneOf("text/plain", "APPLICATION/CLOUDEVENTS+JSON", "", "\0"))),
    CONTENT_TYPE_UNREADABLE(
            Rule.LETTER,
            (record, dice) ->
                    record.set(
                            "content-type",
                            dice.oneOf(
                                    "application/cloudevents+avro",
                                    "application/cloudevents-batch+json")));

    static final List<Mutation> ALL = List.of(values());

    /// What has to become of the record's event.
    enum Rule {
        /// Applied, dropped or a letter: the sound part may be enough.
        ANY,
        /// No mark, no letter.
        IGNORED,
        /// A letter under its position's id: no mark under its own.
        DISBELIEVED,
        /// It waits as a letter to be replayed or discarded.
        LETTER
    }

    final Rule rule;
    final BiConsumer<WildRecord, Dice> change;

    Mutation(Rule rule, BiConsumer<WildRecord, Dice> change) {
        this.rule = rule;
        this.change = change;
    }

    private static String header(WildRecord record, Dice dice) {
        return dice.oneOf(List.copyOf(record.headers.keySet()));
    }

    private static byte[] garbage(Dice dice) {
        return dice.chance(0.5) ? dice.bytes(dice.below(60)) : Spoiling.text(dice).getBytes(UTF_8);
    }
}
