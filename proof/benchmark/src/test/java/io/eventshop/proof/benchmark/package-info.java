/// How fast it is, in comparison with what the same PostgreSQL and the same broker do for a program
/// that has nothing else to do. Reported and not judged: only a loss fails a benchmark.
@NullMarked
package io.eventshop.proof.benchmark;

import org.jspecify.annotations.NullMarked;
