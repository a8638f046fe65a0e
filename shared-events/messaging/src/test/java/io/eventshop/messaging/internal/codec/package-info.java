@NullMarked
package io.eventshop.messaging.internal.codec;

import org.jspecify.annotations.NullMarked;
