@NullMarked
package io.eventshop.messaging.codec;

import org.jspecify.annotations.NullMarked;
