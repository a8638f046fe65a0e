/// What the shop does with more orders than the machine can take.
@NullMarked
package io.eventshop.system.overload;

import org.jspecify.annotations.NullMarked;
