package io.eventshop.messaging;

import java.util.regex.Pattern;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/// Who changes something by hand, what, and why, in a form that the log takes: a line break would
/// forge a line of it.
///
/// Lines about such changes begin with `audit:`. Each is written when the change has been made,
/// says what it was, and repeats nothing of a request that has not been checked here or found in a
/// table.
public final class Audit {

    private static final Pattern ACTOR = Pattern.compile("[\\p{L}\\p{N} ._@+-]{1,100}");

    /// No control, no invisible direction, no half of a character, no separator of lines.
    private static final String ONE_LINE = "[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]";

    private static final Pattern REASON = Pattern.compile(ONE_LINE + "{1,500}");
    private static final Pattern NAME = Pattern.compile(ONE_LINE + "{1,1000}");

    private Audit() {}

    /// @throws InvalidEndpointRequestException if it has another form; answered with 400
    public static void requireActor(String actor) {
        require(ACTOR, actor, "actor");
    }

    /// @throws InvalidEndpointRequestException if it has another form; answered with 400
    public static void requireReason(String reason) {
        require(REASON, reason, "reason");
    }

    /// @param value says what is to be changed
    /// @param name of the value
    /// @throws InvalidEndpointRequestException if it has another form; answered with 400
    public static void requireName(String value, String name) {
        require(NAME, value, name);
    }

    private static void require(Pattern form, String value, String name) {
        if (value.isBlank() || !form.matcher(value).matches()) {
            throw new InvalidEndpointRequestException(
                    name + " does not have the form " + form, "the " + name + " is malformed");
        }
    }
}
