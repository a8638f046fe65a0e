package io.eventshop.testkit.openapi;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.testkit.Dice;
import java.util.Arrays;
import java.util.List;

/// Makes what somebody sends who is mistaken or means harm. Some of it is sound by chance.
final class Spoiling {

    private static final List<String> TEXTS =
            List.of(
                    " ",
                    "0",
                    "-1",
                    "1.5",
                    "020",
                    "1e9",
                    "2147483648",
                    "9223372036854775808",
                    "NaN",
                    "null",
                    "true",
                    "[]",
                    "{}",
                    "%",
                    "%00",
                    "\u0000",
                    "\r\nX: y",
                    "\u202Etxt",
                    "ä",
                    "😀",
                    "../../etc/passwd",
                    "a/b",
                    "a;b=c",
                    "' or 1=1 --",
                    "${jndi:ldap://x}",
                    "<script>",
                    "1-1-1-1-1",
                    "00000000-0000-0000-0000-00000000000g",
                    "keyboard-1",
                    "A".repeat(300),
                    "PENDING,CONFIRMED",
                    "wait=x",
                    "\"",
                    "*",
                    "W/\"1\"");

    /// In ASCII: the client of the JDK would send others as question marks.
    private static final List<String> HEADERS =
            List.of(
                    "",
                    "*",
                    "\"",
                    "\"1\"",
                    "W/\"1\"",
                    "\"1\",\"2\"",
                    "\"1\",",
                    "1",
                    ",,,",
                    "wait=",
                    "wait=-1",
                    "wait=0; foo",
                    "respond-async, wait=0",
                    "wait=\"0\"",
                    "\"x\", ".repeat(60),
                    "x".repeat(300),
                    "a b",
                    "\t");

    private static final List<String> TYPES =
            List.of(
                    "text/plain",
                    "application/xml",
                    "application/x-www-form-urlencoded",
                    "nonsense",
                    "application/json; charset=latin1",
                    "application/json;charset=\"",
                    "*/*",
                    "multipart/form-data; boundary=x",
                    "application/problem+json",
                    "");

    private Spoiling() {}

    static String text(Dice dice) {
        return dice.oneOf(TEXTS);
    }

    static String header(Dice dice) {
        return dice.oneOf(HEADERS);
    }

    static String contentType(Dice dice) {
        return dice.oneOf(TYPES);
    }

    /// The body as text, broken.
    static byte[] bytes(byte[] bytes, Dice dice) {
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
            default -> flipped(bytes, dice);
        };
    }

    private static byte[] flipped(byte[] bytes, Dice dice) {
        byte[] copy = bytes.clone();
        copy[dice.below(copy.length)] ^= (byte) (1 << dice.below(8));
        return copy;
    }
}
