package io.eventshop.web.limits;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// One line of text that people wrote: not blank, at most `max` code points, and without what
/// breaks logs, mails and databases: control characters, line separators, unpaired surrogates and
/// the marks that turn the direction of text around.
///
/// Null is valid, as with all constraints; add `@NotNull`.
@Target({
    ElementType.FIELD,
    ElementType.PARAMETER,
    ElementType.RECORD_COMPONENT,
    ElementType.TYPE_USE,
    ElementType.METHOD
})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PlainTextValidator.class)
public @interface PlainText {

    /// In code points: an emoji counts once.
    int max();

    String message() default
            "must be 1 to {max} characters on one line, without control characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
