package io.eventshop.web.headers;

import io.eventshop.web.problem.CommonProblem;
import io.eventshop.web.problem.Problem;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/// Entity tags (RFC 9110, 8.8.3): what is sent of them, and what is read of them.
public final class ETags {

    /// At most 50: more make no sense, and comparing them is work that a client could order.
    private static final Pattern TAGS =
            Pattern.compile(
                    "[ \\t,]*+(?:(?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*+\""
                            + "[ \\t]*+(?:,[ \\t,]*+|$)){1,50}+");

    private ETags() {}

    /// The strong tag of a resource whose representation changes with its version and never without
    /// it.
    public static ETag ofVersion(long version) {
        return new ETag(Long.toString(version), false);
    }

    /// The value of `If-Match` or `If-None-Match`: a list of entity tags, or `*` for every
    /// representation that exists. Spring's own reader passes over what has another form, and a
    /// condition that is not understood must not be taken for none.
    static @Nullable List<ETag> parse(String header, @Nullable String value) {
        if (value == null) {
            return null;
        }
        if (!value.strip().equals("*") && !TAGS.matcher(value).matches()) {
            throw Problem.of(CommonProblem.INVALID_HEADER)
                    .parameter(header, "a list of entity tags like \"7\", or *");
        }
        return ETag.parse(value.strip());
    }
}
