package io.eventshop.messaging;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.lang.reflect.RecordComponent;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedConstructor;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/// Tells Jackson what a value type is: a record whose only component is called `value`. In JSON it
/// is that value, in events as over HTTP; the contracts know no JSON library.
public final class ValueTypes extends NopAnnotationIntrospector {

    private static final String VALUE = "value";

    private final Predicate<Class<?>> included;

    /// For all value types.
    public ValueTypes() {
        this(_ -> true);
    }

    /// @param included which of them are written as their value
    public ValueTypes(Predicate<Class<?>> included) {
        this.included = type -> includes(type) && included.test(type);
    }

    /// Whether this is a value type.
    public static boolean includes(Class<?> type) {
        RecordComponent[] components = type.isRecord() ? type.getRecordComponents() : null;
        return components != null
                && components.length == 1
                && components[0].getName().equals(VALUE);
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public @Nullable Boolean hasAsValue(MapperConfig<?> config, Annotated member) {
        boolean isValue =
                member instanceof AnnotatedMethod method
                        && included.test(method.getDeclaringClass())
                        && method.getName().equals(VALUE)
                        && method.getParameterCount() == 0;
        return isValue ? true : null;
    }

    @Override
    public JsonCreator.@Nullable Mode findCreatorAnnotation(
            MapperConfig<?> config, Annotated creator) {
        boolean isOfValueType =
                creator instanceof AnnotatedConstructor constructor
                        && included.test(constructor.getDeclaringClass());
        return isOfValueType ? JsonCreator.Mode.DELEGATING : null;
    }
}
