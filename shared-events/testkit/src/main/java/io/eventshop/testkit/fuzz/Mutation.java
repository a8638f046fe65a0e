package io.eventshop.testkit.fuzz;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.testkit.Dice;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// What can be wrong with a record, and what the inbox owes it.
enum Mutation {
    NONE(Rule.ANY),
    HEADER_MISSING(Rule.ANY),
    HEADER_GARBLED(Rule.ANY),
    TYPE_UNKNOWN(Rule.IGNORED),
    MAJOR_UNKNOWN(Rule.LETTER),
    VALUE_MISSING(Rule.LETTER),
    VALUE_TRUNCATED(Rule.LETTER),
    VALUE_GARBAGE(Rule.ANY),
    VALUE_IN_ANOTHER_CHARSET(Rule.ANY),
    VALUE_TOO_DEEP(Rule.LETTER),
    FIELD_WRONG(Rule.ANY),
    BIT_FLIPPED(Rule.ANY),
    KEY_MISSING(Rule.ANY),
    KEY_NO_TEXT(Rule.ANY),
    STRUCTURED(Rule.ANY),
    STRUCTURED_AND_WRONG(Rule.ANY),
    CONTENT_TYPE_WRONG(Rule.ANY),
    CONTENT_TYPE_UNREADABLE(Rule.LETTER);

    static final List<Mutation> ALL = List.of(values());

    /// What has to become of the record's event.
    enum Rule {
        /// Applied, dropped or a letter: the sound part may be enough.
        ANY,
        /// No mark, no letter.
        IGNORED,
        /// It waits as a letter to be replayed or discarded.
        LETTER
    }

    final Rule rule;

    Mutation(Rule rule) {
        this.rule = rule;
    }

    void change(WildRecord record, Dice dice) {
        switch (this) {
            case NONE -> {}
            case HEADER_MISSING -> record.headers.remove(header(record, dice));
            case HEADER_GARBLED -> record.headers.put(header(record, dice), garbage(dice));
            case TYPE_UNKNOWN ->
                    record.set(
                            "ce_type",
                            dice.oneOf("org.eventshop.orders.order-praised.v1", "x", "", "%s"));
            case MAJOR_UNKNOWN ->
                    record.set(
                            "ce_type",
                            record.text("ce_type").replaceFirst("[0-9]+$", "")
                                    + dice.oneOf("99", "0", "00000", "9".repeat(40)));
            case VALUE_MISSING -> record.value = null;
            case VALUE_TRUNCATED -> record.value = Arrays.copyOf(json(record), dice.below(20));
            case VALUE_GARBAGE -> record.value = garbage(dice);
            case VALUE_IN_ANOTHER_CHARSET ->
                    record.value = new String(json(record), UTF_8).getBytes(UTF_16);
            case VALUE_TOO_DEEP ->
                    record.value = dice.oneOf("[", "{\"a\":").repeat(20_000).getBytes(UTF_8);
            case FIELD_WRONG -> record.value = Fields.spoil(json(record), dice);
            case BIT_FLIPPED -> flip(json(record), dice);
            case KEY_MISSING -> record.key = null;
            case KEY_NO_TEXT -> record.key = dice.bytes(dice.below(40));
            case STRUCTURED -> Structured.rewrite(record);
            case STRUCTURED_AND_WRONG -> {
                Structured.rewrite(record);
                record.value = Fields.spoil(json(record), dice);
            }
            case CONTENT_TYPE_WRONG ->
                    record.set(
                            "content-type",
                            dice.oneOf("text/plain", "APPLICATION/CLOUDEVENTS+JSON", "", "\0"));
            case CONTENT_TYPE_UNREADABLE ->
                    record.set(
                            "content-type",
                            dice.oneOf(
                                    "application/cloudevents+avro",
                                    "application/cloudevents-batch+json"));
        }
    }

    private static String header(WildRecord record, Dice dice) {
        return dice.oneOf(List.copyOf(record.headers.keySet()));
    }

    private static byte[] json(WildRecord record) {
        return Objects.requireNonNull(record.value);
    }

    private static byte[] garbage(Dice dice) {
        return dice.chance(0.5)
                ? dice.bytes(dice.below(60))
                : dice.oneOf("", "\0", "-1", "null", "[]", "1e999999999", " ", "é".repeat(3000))
                        .getBytes(UTF_8);
    }

    private static void flip(byte[] bytes, Dice dice) {
        bytes[dice.below(bytes.length)] ^= (byte) (1 << dice.below(8));
    }
}
