@NullMarked
package io.eventshop.messaging.outbox;

import org.jspecify.annotations.NullMarked;
