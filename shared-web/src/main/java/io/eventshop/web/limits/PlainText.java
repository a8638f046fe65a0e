package io.eventshop.web.limits;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.RECORD_COMPONENT;
import static java.lang.annotation.ElementType.TYPE_USE;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One line of text that people wrote: not blank, at most `max` code points, and without what
/// breaks logs, mails and databases: control characters, line separators, unpaired surrogates and
/// the marks that turn the direction of text around.
///
/// Null is valid, as with all constraints; add `@NotNull`.
@Target({FIELD, PARAMETER, RECORD_COMPONENT, TYPE_USE, METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PlainText.Validator.class)
public @interface PlainText {

    /// A regular expression for what the text may consist of.
    String CHARACTERS = "[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]+";

    /// In code points: an emoji counts once.
    int max();

    String message() default
            "must be 1 to {max} characters on one line, without control characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Validator implements ConstraintValidator<PlainText, CharSequence> {

        private static final Pattern PLAIN = Pattern.compile(CHARACTERS);

        private int max;

        @Override
        public void initialize(PlainText constraint) {
            max = constraint.max();
        }

        @Override
        public boolean isValid(@Nullable CharSequence text, ConstraintValidatorContext context) {
            return text == null
                    || (!text.toString().isBlank()
                            && text.codePoints().count() <= max
                            && PLAIN.matcher(text).matches());
        }
    }
}
