package io.eventshop.messaging.codec;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.eventshop.contracts.Sku;
import java.lang.reflect.AnnotatedType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.Version;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/// How the contracts, which know no JSON library, are written and read as JSON: fields in the
/// record's order, a SKU as a plain string, unknown fields ignored, and every component required
/// unless it is `@Nullable`.
final class ContractsJson {

    /// A topic's records are far smaller; deeper or longer input is an attack or an accident.
    private static final int NESTING_MAX = 64;

    private ContractsJson() {}

    static JsonMapper mapper() {
        var factory =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(NESTING_MAX)
                                        .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build();
        return JsonMapper.builder(factory)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .annotationIntrospector(new RequiredUnlessNullable())
                .addModule(
                        new SimpleModule("contracts")
                                .addSerializer(Sku.class, ToStringSerializer.instance)
                                .addDeserializer(Sku.class, new SkuDeserializer()))
                .build();
    }

    private static final class SkuDeserializer extends FromStringDeserializer<Sku> {

        private SkuDeserializer() {
            super(Sku.class);
        }

        @Override
        protected Sku _deserialize(String value, DeserializationContext context) {
            return new Sku(value);
        }
    }

    /// Takes from JSpecify what Jackson would otherwise have to be told by annotations of its own.
    private static final class RequiredUnlessNullable extends NopAnnotationIntrospector {

        @Override
        public Version version() {
            return Version.unknownVersion();
        }

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

        private static boolean isNullable(AnnotatedParameter parameter) {
            if (parameter.getOwner().getAnnotated()
                    instanceof java.lang.reflect.Executable executable) {
                AnnotatedType type = executable.getAnnotatedParameterTypes()[parameter.getIndex()];
                return type.isAnnotationPresent(Nullable.class);
            }
            return false;
        }
    }
}
