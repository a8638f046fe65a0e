/// Stands for the machinery of `messaging`, so that classes can know what they must not.
@NullMarked
package io.eventshop.messaging.internal.rogue;

import org.jspecify.annotations.NullMarked;
