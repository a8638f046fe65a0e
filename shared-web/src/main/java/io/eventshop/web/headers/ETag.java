package io.eventshop.web.headers;

import java.util.regex.Pattern;

/// A strong entity tag (RFC 9110, 8.8.3): two representations with the same tag are the same bytes.
///
/// @param opaque what stands between the quotes
public record ETag(String opaque) {

    private static final Pattern FORM = Pattern.compile("[\\x21\\x23-\\x7E\\x80-\\xFF]*");

    public ETag {
        if (!FORM.matcher(opaque).matches()) {
            throw new IllegalArgumentException("an entity tag has visible characters only");
        }
    }

    /// The tag of a resource whose representation changes with its version and never without it.
    public static ETag ofVersion(long version) {
        return new ETag(Long.toString(version));
    }

    /// As it stands in the header, with its quotes.
    @Override
    public String toString() {
        return '"' + opaque + '"';
    }
}
