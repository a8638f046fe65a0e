/// What can be broken on purpose in the running demo: one class per drill, and the bench that they
/// share. A drill knows the shop as any stranger does, by its ports, tables and topics.
@NullMarked
package io.eventshop.proof.drills;

import org.jspecify.annotations.NullMarked;
