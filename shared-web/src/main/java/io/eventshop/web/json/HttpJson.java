package io.eventshop.web.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventshop.messaging.ValueTypes;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/// How HTTP bodies are read and written, apart from every other use of JSON: events must be read
/// leniently (a new field must not break an old consumer), requests strictly (a misspelt field must
/// not be taken for an absent one).
///
/// Reading takes nothing for what it is not: no `"5"` for 5, no `1.5` for 1, no 5 for `"5"`, no
/// number for an enum, no empty text for null, no unknown or repeated field, nothing after the end,
/// and nothing that is not UTF-8. Writing omits what is null, keeps the order of a record's
/// components, and has instants as ISO text.
public final class HttpJson {

    /// Characters in one text or name; no field is longer, and a longer one need not be kept in
    /// memory to be refused.
    private static final int STRING_LENGTH_MAX = 4096;

    /// Ours are three.
    private static final int DEPTH_MAX = 16;

    /// A number of more digits fits no field, and converting it costs time.
    private static final int NUMBER_LENGTH_MAX = 40;

    /// All shapes but text: that is how dates, ids and enums are written.
    private static final Set<CoercionInputShape> REFUSED_SHAPES =
            EnumSet.complementOf(EnumSet.of(CoercionInputShape.String));

    private HttpJson() {}

    public static JsonMapper mapper() {
        var constraints =
                StreamReadConstraints.builder()
                        .maxStringLength(STRING_LENGTH_MAX)
                        .maxNameLength(STRING_LENGTH_MAX)
                        .maxNestingDepth(DEPTH_MAX)
                        .maxNumberLength(NUMBER_LENGTH_MAX)
                        .build();
        return JsonMapper.builder(
                        JsonFactory.builder()
                                .streamReadConstraints(constraints)
                                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                                .build())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .withCoercionConfigDefaults(config ->
                        REFUSED_SHAPES.forEach(
                                shape -> config.setCoercion(shape, CoercionAction.Fail)))
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .annotationIntrospector(
                        AnnotationIntrospector.pair(
                                new ValueTypes(), new JacksonAnnotationIntrospector()))
                .build();
    }
}
