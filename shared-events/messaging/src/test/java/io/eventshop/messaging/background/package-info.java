@NullMarked
package io.eventshop.messaging.background;

import org.jspecify.annotations.NullMarked;
