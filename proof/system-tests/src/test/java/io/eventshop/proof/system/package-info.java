/// Whole-system stories: the services as processes, real faults, invariants, benchmarks, and the
/// documents themselves.
@NullMarked
package io.eventshop.proof.system;

import org.jspecify.annotations.NullMarked;
