package io.eventshop.proof.system.fuzz;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.linesOf;

import io.eventshop.proof.system.Dice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// Makes what somebody sends who is mistaken or means harm. Some of it is sound by chance.
final class Spoiling {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// Values that have hurt other programs, as JSON.
    private static final List<String> NAUGHTY =
            linesOf(
                    Objects.requireNonNull(Spoiling.class.getResource("naughty-values.jsonl")),
                    UTF_8);

    private static final List<String> VALUES =
            Stream.concat(
                            NAUGHTY.stream(),
                            Stream.of(
                                    "\"" + "x".repeat(5000) + "\"",
                                    "[".repeat(600) + "]".repeat(600)))
                    .toList();

    /// As they arrive: half a surrogate pair becomes a question mark on its way, which may be
    /// allowed where the half is not.
    private static final List<String> TEXTS =
            NAUGHTY.stream()
                    .map(Spoiling::unquoted)
                    .map(text -> new String(text.getBytes(UTF_8), UTF_8))
                    .toList();

    /// A path that lacks a part would be another path.
    private static final List<String> PARTS =
            TEXTS.stream().filter(text -> !text.isEmpty()).toList();

    /// In ASCII: the client of the JDK would send others as question marks.
    private static final List<String> HEADERS =
            NAUGHTY.stream()
                    .map(Spoiling::unquoted)
                    .filter(text -> text.matches("[\\t\\x20-\\x7e]*"))
                    .toList();

    private Spoiling() {}

    private static String unquoted(String value) {
        return value.startsWith("\"") ? JSON.readValue(value, String.class) : value;
    }

    static String text(Dice dice) {
        return dice.oneOf(TEXTS);
    }

    /// Of a path.
    static String part(Dice dice) {
        return dice.oneOf(PARTS);
    }

    static String header(Dice dice) {
        return dice.oneOf(HEADERS);
    }

    /// The body as text, broken.
    static byte[] text(byte[] bytes, Dice dice) {
        String json = new String(bytes, UTF_8);
        return switch (dice.below(10)) {
            case 0 -> new byte[0];
            case 1 -> Arrays.copyOf(bytes, dice.below(bytes.length));
            case 2 -> (json + json).getBytes(UTF_8);
            case 3 -> ("[" + json + "]").getBytes(UTF_8);
            case 4 -> json.replaceFirst("\\{", "{\"a\":1,\"a\":1,").getBytes(UTF_8);
            case 5 -> "[".repeat(2000).getBytes(UTF_8);
            case 6 -> (json + " ".repeat(70_000)).getBytes(UTF_8);
            case 7 -> json.getBytes(UTF_16);
            case 8 -> dice.bytes(1 + dice.below(60));
            default -> bit(bytes, dice);
        };
    }

    /// With one bit flipped.
    static byte[] bit(byte[] bytes, Dice dice) {
        byte[] copy = bytes.clone();
        copy[dice.below(copy.length)] ^= (byte) (1 << dice.below(8));
        return copy;
    }

    /// With one part of the JSON document replaced, removed or added.
    static byte[] field(byte[] json, Dice dice) {
        JsonNode document = JSON.readTree(json);
        var containers = new ArrayList<JsonNode>();
        collect(document, containers);
        switch (dice.oneOf(containers)) {
            case ArrayNode array when !array.isEmpty() ->
                    array.set(dice.below(array.size()), value(dice));
            case ArrayNode array -> array.add(value(dice));
            case ObjectNode object -> spoil(object, dice);
            default -> throw new IllegalStateException("neither an array nor an object");
        }
        return document.toString().getBytes(UTF_8);
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private static void spoil(ObjectNode object, Dice dice) {
        var names = List.copyOf(object.propertyNames());
        String name = names.isEmpty() ? "first" : dice.oneOf(names);
        switch (dice.below(4)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(dice.oneOf("extra", name + " ", ""), value(dice));
            default -> object.set(name, value(dice));
        }
    }

    private static JsonNode value(Dice dice) {
        return JSON.getNodeFactory().rawValueNode(new RawValue(dice.oneOf(VALUES)));
    }
}
