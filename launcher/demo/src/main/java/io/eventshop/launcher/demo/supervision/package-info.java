/// Keeps the parts of the demo running: starts them, starts them again when they die, stops them in
/// order, and remembers which processes are its own.
@NullMarked
package io.eventshop.launcher.demo.supervision;

import org.jspecify.annotations.NullMarked;
