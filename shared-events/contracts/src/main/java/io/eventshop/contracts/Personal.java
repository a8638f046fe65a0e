package io.eventshop.contracts;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a value type that tells who somebody is. The mark is all there is to say: whatever has
/// such a component, in whichever service, shows it masked.
///
/// The type's `toString` masks, so that neither a record around it nor a log line at any level can
/// show more; only its accessor tells the value. JSON has the value as it is, because that is how
/// it travels; where JSON is shown to people, the components of these types are hidden by name.
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Personal {}
