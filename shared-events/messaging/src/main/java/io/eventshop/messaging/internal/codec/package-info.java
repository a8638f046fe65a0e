/// Events to bytes and attributes, and back: CloudEvents attributes, JSON, upcasting.
@NullMarked
package io.eventshop.messaging.internal.codec;

import org.jspecify.annotations.NullMarked;
