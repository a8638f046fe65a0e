/// The smallest service that uses all of shared-web, and what tests talk to it with.
@NullMarked
package io.eventshop.web.app;

import org.jspecify.annotations.NullMarked;
