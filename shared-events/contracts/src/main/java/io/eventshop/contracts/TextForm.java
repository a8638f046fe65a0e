package io.eventshop.contracts;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes the texts of a value type to those who read an API's document. The type's constructor
/// decides what it accepts.
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface TextForm {

    /// A regular expression for the whole text; empty if none says it.
    String pattern() default "";

    /// A format of JSON Schema, e.g. `email`; empty if there is none.
    String format() default "";

    /// In characters.
    int lengthMax() default Integer.MAX_VALUE;

    String description() default "";

    String example();
}
