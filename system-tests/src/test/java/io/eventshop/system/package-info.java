/// Whole-system stories: the services as processes, real faults, invariants, benchmarks, and the
/// documents themselves.
@NullMarked
package io.eventshop.system;

import org.jspecify.annotations.NullMarked;
