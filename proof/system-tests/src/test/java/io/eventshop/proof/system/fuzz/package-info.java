/// Requests and records that nobody promised to be sound, by the ten thousand.
@NullMarked
package io.eventshop.proof.system.fuzz;

import org.jspecify.annotations.NullMarked;
