package io.eventshop.web.headers;

import io.eventshop.web.problem.CommonProblem;
import io.eventshop.web.problem.Problem;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The value of `If-Match` or `If-None-Match`: a list of entity tags, or `*`.
///
/// @param any the header was `*`: every representation that exists
record EntityTags(boolean any, Set<ETag> strong, Set<ETag> weak) {

    /// More tags than this make no sense, and comparing them is work that a client could order.
    static final int TAGS_MAX = 50;

    private static final Pattern ONE =
            Pattern.compile(
                    "[ \\t,]*+(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*+)\"[ \\t]*+(?:,|$)[ \\t,]*+");

    static EntityTags parse(String header, String value) {
        if (value.strip().equals("*")) {
            return new EntityTags(true, Set.of(), Set.of());
        }
        var strong = new HashSet<ETag>();
        var weak = new HashSet<ETag>();
        Matcher tag = ONE.matcher(value);
        int tags = 0;
        for (int start = 0; start < value.length(); start = tag.end()) {
            if (!tag.region(start, value.length()).lookingAt() || ++tags > TAGS_MAX) {
                throw malformed(header);
            }
            var _ = (tag.group(1) == null ? strong : weak).add(new ETag(tag.group(2)));
        }
        if (strong.isEmpty() && weak.isEmpty()) {
            throw malformed(header);
        }
        return new EntityTags(false, Set.copyOf(strong), Set.copyOf(weak));
    }

    private static RuntimeException malformed(String header) {
        return Problem.of(CommonProblem.INVALID_HEADER)
                .parameter(header, "a list of entity tags like \"7\", or *")
                .exception();
    }
}
