package io.eventshop.web.paging;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The query parameter `limit`. A size that is too large is refused, not lowered, so that nobody
/// takes a short page for the last one.
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Min(1)
@Max(PageSize.MAX)
@ReportAsSingleViolation
@Constraint(validatedBy = {})
public @interface PageSize {

    /// Bounds the memory and the time of one list.
    int MAX = 100;

    /// If the client does not say: what fits on a screen. Text, as a default of a parameter is.
    String DEFAULT = "20";

    String message() default "a whole number from 1 to " + MAX;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
