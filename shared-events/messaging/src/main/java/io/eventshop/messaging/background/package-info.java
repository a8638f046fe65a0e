/// The one form of work that a service does on its own.
@NullMarked
package io.eventshop.messaging.background;

import org.jspecify.annotations.NullMarked;
