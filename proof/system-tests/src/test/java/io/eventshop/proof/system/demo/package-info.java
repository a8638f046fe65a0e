/// The demo as people use it: the script `./demo` of this checkout, on ports of its own.
@NullMarked
package io.eventshop.proof.system.demo;

import org.jspecify.annotations.NullMarked;
