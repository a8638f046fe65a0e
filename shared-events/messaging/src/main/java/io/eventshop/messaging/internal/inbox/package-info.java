/// Idempotent consumption: processed-message table, blocked keys and dead letters.
@NullMarked
package io.eventshop.messaging.internal.inbox;

import org.jspecify.annotations.NullMarked;
