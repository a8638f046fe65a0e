package io.eventshop.web.openapi;

import io.eventshop.contracts.EmailAddress;
import io.eventshop.contracts.Sku;
import io.eventshop.web.limits.PlainText;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Texts with a form, in the words of JSON Schema.
final class TextSchemas {

    /// As [PlainText] has it: not blank, and no control characters, surrogates, separators of lines
    /// or marks that turn the direction.
    private static final String PLAIN_TEXT =
            "^(?=.*\\S)[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]+$";

    private TextSchemas() {}

    static Schema<?> sku() {
        var schema = ofPattern(whole(Sku.PATTERN));
        schema.setExample("KEYBOARD-1");
        return schema;
    }

    /// What [EmailAddress#deliverable] takes, as far as a schema can say it.
    static Schema<?> email() {
        var schema = new Schema<String>();
        schema.setTypes(Set.of("string"));
        schema.setFormat("email");
        schema.setMaxLength(EmailAddress.LENGTH_MAX);
        schema.setDescription(
                """
                One that mail can be sent to; everything else is refused. The local part is 1 to 64 \
                ASCII letters, digits and ``!#$%&'*+/=?^_`{|}~-``, with single dots between them: no \
                quotes, and no SMTPUTF8 (RFC 6531). The domain has at least two labels, no \
                brackets, and may be internationalised: it is sent to in its `xn--` form, and has to \
                be given in it where IDNA 2003 and 2008 read it differently, as `ß`. The whole has \
                at most 254 characters in that form.\
                """);
        schema.setExample("ada@example.com");
        return schema;
    }

    static Schema<?> ofPattern(String pattern) {
        var schema = new Schema<String>();
        schema.setTypes(Set.of("string"));
        schema.setPattern(pattern);
        return schema;
    }

    /// Adds what the constraint demands. And what bean validation demands of the whole text, JSON
    /// Schema would be content to find somewhere inside: so patterns get their anchors.
    static void constrain(Schema<?> schema, @Nullable PlainText constraint) {
        if (schema.getPattern() != null) {
            schema.setPattern(whole(schema.getPattern()));
        }
        if (constraint != null) {
            schema.setMaxLength(constraint.max());
            schema.setPattern(PLAIN_TEXT);
        }
    }

    private static String whole(String pattern) {
        return pattern.startsWith("^") ? pattern : "^(?:" + pattern + ")$";
    }
}
