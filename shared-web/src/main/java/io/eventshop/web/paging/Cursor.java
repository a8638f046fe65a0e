package io.eventshop.web.paging;

import io.eventshop.web.problem.CommonProblem;
import io.eventshop.web.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A position in a list that is read by keyset: the sort values of the last item seen. Clients get
/// it as opaque text, so that what a list is sorted by can change.
///
/// The text carries a short hash over position and query. It is no secret and grants nothing: it
/// refuses with `invalid-cursor` what was cut off, made up, or taken from a list with other
/// filters, instead of answering from a wrong place. Whoever forges it can only ask for a position.
public final class Cursor {

    private static final int HASH_BYTES = 8;
    private static final int TEXT_MAX = 512;
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final List<String> position;

    private Cursor(List<String> position) {
        this.position = position;
    }

    /// @param position the sort values of an item, in the order of the sort; the last one is unique
    public static Cursor after(Object... position) {
        return new Cursor(Arrays.stream(position).map(Object::toString).toList());
    }

    /// @param query names the list and its filters, e.g. `orders?status=PENDING`
    /// @return letters, digits, `-` and `_`
    public String encode(String query) {
        byte[] body = body();
        byte[] text = Arrays.copyOf(hash(query, body), HASH_BYTES + body.length);
        System.arraycopy(body, 0, text, HASH_BYTES, body.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /// @param text the query parameter as sent, null if it was not: then the list begins
    /// @param query the same as it was for [#encode]
    /// @throws Problem 400 `invalid-cursor`
    public static Optional<Cursor> decode(@Nullable String text, String query) {
        if (text == null) {
            return Optional.empty();
        }
        if (text.length() > TEXT_MAX) {
            throw invalid();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            byte[] body = Arrays.copyOfRange(bytes, HASH_BYTES, bytes.length);
            var cursor = new Cursor(read(body));
            // Comparing texts, not bytes, also refuses the other spellings that Base64 allows.
            if (!cursor.encode(query).equals(text)) {
                throw invalid();
            }
            return Optional.of(cursor);
        } catch (IllegalArgumentException | IOException | IndexOutOfBoundsException _) {
            throw invalid();
        }
    }

    public Instant instant(int index) {
        try {
            var instant = Instant.parse(text(index));
            if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
                throw invalid();
            }
            return instant;
        } catch (DateTimeException _) {
            throw invalid();
        }
    }

    public UUID uuid(int index) {
        try {
            return UUID.fromString(text(index));
        } catch (IllegalArgumentException _) {
            throw invalid();
        }
    }

    /// Without control characters: a database refuses some of them.
    public String text(int index) {
        if (index >= position.size() || position.get(index).chars().anyMatch(c -> c < ' ')) {
            throw invalid();
        }
        return position.get(index);
    }

    private byte[] body() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (String part : position) {
                out.writeUTF(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static List<String> read(byte[] body) throws IOException {
        var position = new ArrayList<String>();
        try (var in = new DataInputStream(new ByteArrayInputStream(body))) {
            while (in.available() > 0) {
                position.add(in.readUTF());
            }
        }
        return position;
    }

    private static byte[] hash(String query, byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(query.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return Arrays.copyOf(digest.digest(body), HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Problem invalid() {
        return Problem.of(CommonProblem.INVALID_CURSOR)
                .parameter("cursor", "the `next` of a page of this list, with the same filters");
    }
}
