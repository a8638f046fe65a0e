/// Which services there are, as data: each says in its own module how it is run. Whoever starts
/// services, or looks at them from outside, reads it here.
@NullMarked
package io.eventshop.launcher.services;

import org.jspecify.annotations.NullMarked;
