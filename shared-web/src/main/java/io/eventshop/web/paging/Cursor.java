package io.eventshop.web.paging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.web.problem.CommonProblem;
import io.eventshop.web.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.DigestUtils;

/// A position in a list that is read by keyset: the sort values of the last item seen. Clients get
/// it as opaque text, so that what a list is sorted by can change.
///
/// The text carries a short hash over position and query. It is no secret and grants nothing: it
/// refuses with `invalid-cursor` what was cut off, made up, or taken from a list with other
/// filters, instead of answering from a wrong place. Whoever forges it can only ask for a position.
public final class Cursor {

    private static final int HASH_LENGTH = 16;
    private static final int TEXT_MAX = 512;
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final List<String> position;

    private Cursor(List<String> position) {
        this.position = position;
    }

    /// @param position the sort values of an item, in the order of the sort; the last one is
    ///   unique, and each has one line of text
    public static Cursor after(Object... position) {
        return new Cursor(Arrays.stream(position).map(Object::toString).toList());
    }

    /// @param query names the list and its filters, e.g. `orders?status=PENDING`
    /// @return letters, digits, `-` and `_`
    public String encode(String query) {
        String lines = String.join("\n", position);
        String hash = DigestUtils.md5DigestAsHex((query + '\n' + lines).getBytes(UTF_8));
        byte[] hashed = (hash.substring(0, HASH_LENGTH) + lines).getBytes(UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hashed);
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
            var hashed = new String(Base64.getUrlDecoder().decode(text), UTF_8);
            var cursor = new Cursor(List.of(hashed.substring(HASH_LENGTH).split("\n", -1)));
            // Comparing texts also refuses the other spellings that Base64 and UTF-8 allow.
            if (!cursor.encode(query).equals(text)) {
                throw invalid();
            }
            return Optional.of(cursor);
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
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

    private static Problem invalid() {
        return Problem.of(CommonProblem.INVALID_CURSOR)
                .parameter("cursor", "the `next` of a page of this list, with the same filters");
    }
}
