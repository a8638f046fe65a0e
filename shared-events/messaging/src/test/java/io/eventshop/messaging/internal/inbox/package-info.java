/// The inbox on a real PostgreSQL, and on a real Kafka where the broker matters.
@NullMarked
package io.eventshop.messaging.internal.inbox;

import org.jspecify.annotations.NullMarked;
