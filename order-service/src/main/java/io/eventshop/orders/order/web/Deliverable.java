package io.eventshop.orders.order.web;

import io.eventshop.contracts.values.EmailAddress;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/// An address that mail can be sent to, see [EmailAddress#deliverable]: the sender asks the same
/// judge, so what is taken here does not fail there.
///
/// Null is valid, as with all constraints; add `@NotNull`.
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Deliverable.Judge.class)
@interface Deliverable {

    String message() default
            "must be an address that mail can be sent to: ASCII before the @ and without quotes, and a domain with a dot after it";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Judge implements ConstraintValidator<Deliverable, EmailAddress> {

        @Override
        public boolean isValid(@Nullable EmailAddress address, ConstraintValidatorContext context) {
            return address == null || address.deliverable().isPresent();
        }
    }
}
