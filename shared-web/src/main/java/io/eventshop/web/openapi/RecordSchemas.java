package io.eventshop.web.openapi;

import static java.util.Objects.requireNonNull;

import io.eventshop.messaging.ValueTypes;
import io.eventshop.web.limits.PlainText;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What our records say that the library does not hear: a component is there unless it is
/// `@Nullable`, a value type is its text, and [PlainText] is a form.
///
/// Two records of one simple name would silently become one schema, which is wrong for one of them;
/// so that fails, and the document with it.
final class RecordSchemas implements ModelConverter {

    private final Map<String, Class<?>> named = new ConcurrentHashMap<>();

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Class<?> raw = Json31.mapper().constructType(type.getType()).getRawClass();
        if (ValueTypes.includes(raw)) {
            return TextSchemas.valueType(raw);
        }
        Schema<?> schema = chain.next().resolve(type, context, chain);
        if (schema != null && schema.get$ref() != null && raw.isRecord()) {
            complete(raw, name(schema), context);
        }
        return schema;
    }

    /// The name that a reference points to.
    static String name(Schema<?> reference) {
        String pointer = requireNonNull(reference.get$ref());
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    private void complete(Class<?> type, String name, ModelConverterContext context) {
        Class<?> other = named.putIfAbsent(name, type);
        if (other != null && !other.equals(type)) {
            throw new IllegalStateException(
                    "%s and %s are both the schema %s; give one another by @Schema(name = …)"
                            .formatted(other.getName(), type.getName(), name));
        }
        Schema<?> schema = context.getDefinedModels().get(name);
        if (schema == null || schema.getProperties() == null) {
            return;
        }
        var required = new ArrayList<String>();
        for (RecordComponent component : type.getRecordComponents()) {
            Schema<?> property = schema.getProperties().get(component.getName());
            if (property != null) {
                TextSchemas.constrain(property, component.getAnnotation(PlainText.class));
            }
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(component.getName());
            }
        }
        schema.setRequired(required);
    }
}
