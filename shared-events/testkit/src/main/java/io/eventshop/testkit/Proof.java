package io.eventshop.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/// A long search for faults rather than a story with one outcome: it runs under `-Pproof`, by
/// [Quarter].
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("proof")
@ExtendWith(InItsQuarter.class)
public @interface Proof {

    /// The quarter to which the whole class belongs, 1 to 4; 0 if each quarter has its share of it.
    int quarter() default 0;
}
