/// The rules of who may know whom, and a few more that the compiler cannot hold.
@NullMarked
package io.eventshop.testkit.architecture;

import org.jspecify.annotations.NullMarked;
