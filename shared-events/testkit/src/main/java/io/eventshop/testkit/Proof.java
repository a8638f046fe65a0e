package io.eventshop.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/// A long search for faults rather than a story with one outcome: it runs under `-Pproof`, by
/// [Quarter]. On a class it is for all of its tests; on a method for this one, while the others of
/// its class are run by `mvn verify`.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("proof")
@ExtendWith(Quarter.class)
public @interface Proof {

    /// The quarters to which the class or method belongs, of 1 to 4. In several it goes through a
    /// share in each; in one it is there as a whole.
    int[] quarters();
}
