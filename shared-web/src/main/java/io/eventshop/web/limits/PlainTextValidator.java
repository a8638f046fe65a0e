package io.eventshop.web.limits;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/// Decides [PlainText].
public final class PlainTextValidator implements ConstraintValidator<PlainText, CharSequence> {

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
                        && text.codePoints().allMatch(PlainTextValidator::isPlain));
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> !turnsDirection(codePoint);
        };
    }

    private static boolean turnsDirection(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E)
                || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }
}
