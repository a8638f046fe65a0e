package io.eventshop.messaging;

import java.util.regex.Pattern;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/// Who changes something by hand, and why, in a form that the log takes: a line break would forge a
/// line of it. Lines about such changes begin with `audit:`.
public final class Audit {

    private static final Pattern ACTOR = Pattern.compile("[\\p{L}\\p{N} ._@+-]{1,100}");

    /// No control, no invisible direction, no separator of lines.
    private static final Pattern REASON = Pattern.compile("[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]{1,500}");

    private Audit() {}

    /// @throws InvalidEndpointRequestException if it has another form; answered with 400
    public static void requireActor(String actor) {
        require(ACTOR, actor, "actor");
    }

    /// @throws InvalidEndpointRequestException if it has another form; answered with 400
    public static void requireReason(String reason) {
        require(REASON, reason, "reason");
    }

    private static void require(Pattern form, String value, String name) {
        if (value.isBlank() || !form.matcher(value).matches()) {
            throw new InvalidEndpointRequestException(
                    name + " does not have the form " + form, "the " + name + " is malformed");
        }
    }
}
