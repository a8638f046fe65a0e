/// What the shop does with more orders than the machine can take.
@NullMarked
package io.eventshop.proof.system.overload;

import org.jspecify.annotations.NullMarked;
