/// Records that nobody promised to be sound, by the ten thousand.
@NullMarked
package io.eventshop.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
