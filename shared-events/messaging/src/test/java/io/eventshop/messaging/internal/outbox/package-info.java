@NullMarked
package io.eventshop.messaging.internal.outbox;

import org.jspecify.annotations.NullMarked;
