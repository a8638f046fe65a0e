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
@ExtendWith(Quarter.class)
public @interface Proof {

    /// The quarters to which the class belongs, of 1 to 4. In several it goes through a share in
    /// each; in one it is there as a whole.
    int[] quarters();
}
