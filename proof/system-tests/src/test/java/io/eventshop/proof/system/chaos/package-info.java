/// The whole shop under random faults and load, and whether it kept its promises: five minutes in
/// CI, and as long as somebody likes with the script `soak`.
@NullMarked
package io.eventshop.proof.system.chaos;

import org.jspecify.annotations.NullMarked;
