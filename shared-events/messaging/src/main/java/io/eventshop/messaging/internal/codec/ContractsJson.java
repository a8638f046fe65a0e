package io.eventshop.messaging.internal.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.eventshop.messaging.ValueTypes;
import java.lang.reflect.Executable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/// How the contracts, which know no JSON library, are written and read as JSON: fields in the
/// record's order, a value type as the plain value, unknown fields ignored, and every component
/// required unless it is `@Nullable`. Null is never written: what is absent is left out.
///
/// An enum value that is not known yet is read as the constant `UNKNOWN`, which every enum of the
/// contracts has: it must neither stop the key nor pass for another value.
final class ContractsJson {

    /// A topic's records are far smaller; deeper or longer input is an attack or an accident.
    private static final int NESTING_MAX = 64;

    private static final String UNKNOWN = "UNKNOWN";

    private ContractsJson() {}

    static JsonMapper mapper() {
        var limits = StreamReadConstraints.builder().maxNestingDepth(NESTING_MAX).build();
        return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .annotationIntrospector(
                        AnnotationIntrospector.pair(new ContractsIntrospector(), new ValueTypes()))
                .build();
    }

    /// Takes from JSpecify, and from the name `UNKNOWN`, what Jackson would otherwise have to be
    /// told by annotations of its own.
    private static final class ContractsIntrospector extends NopAnnotationIntrospector {

        @Override
        public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            return member instanceof AnnotatedParameter parameter ? !isNullable(parameter) : null;
        }

        @Override
        public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
            return annotated instanceof AnnotatedParameter parameter && !isNullable(parameter)
                    ? JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL)
                    : JsonSetter.Value.empty();
        }

        @Override
        public @Nullable Enum<?> findDefaultEnumValue(
                MapperConfig<?> config, AnnotatedClass type, Enum<?>[] values) {
            return Arrays.stream(values)
                    .filter(value -> value.name().equals(UNKNOWN))
                    .findFirst()
                    .orElse(null);
        }

        private static boolean isNullable(AnnotatedParameter parameter) {
            var creator = (Executable) parameter.getOwner().getAnnotated();
            return creator.getAnnotatedParameterTypes()[parameter.getIndex()].isAnnotationPresent(
                    Nullable.class);
        }
    }
}
