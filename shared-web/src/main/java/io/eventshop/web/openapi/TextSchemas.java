package io.eventshop.web.openapi;

import io.eventshop.contracts.TextForm;
import io.eventshop.web.limits.PlainText;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Texts with a form, in the words of JSON Schema.
final class TextSchemas {

    private TextSchemas() {}

    /// A value type is its text.
    static Schema<?> valueType(Class<?> type) {
        var schema = new Schema<String>();
        schema.setTypes(Set.of("string"));
        TextForm form = type.getAnnotation(TextForm.class);
        if (form != null) {
            schema.setPattern(form.pattern().isEmpty() ? null : whole(form.pattern()));
            schema.setFormat(form.format().isEmpty() ? null : form.format());
            schema.setMaxLength(form.lengthMax() == Integer.MAX_VALUE ? null : form.lengthMax());
            schema.setDescription(form.description().isEmpty() ? null : form.description());
            schema.setExample(form.example());
        }
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
            schema.setPattern("^(?=.*\\S)" + PlainText.CHARACTERS + "$");
        }
    }

    private static String whole(String pattern) {
        return pattern.startsWith("^") ? pattern : "^(?:" + pattern + ")$";
    }
}
