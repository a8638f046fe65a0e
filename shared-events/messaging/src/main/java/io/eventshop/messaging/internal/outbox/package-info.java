/// The transactional outbox and the relay that empties it.
@NullMarked
package io.eventshop.messaging.internal.outbox;

import org.jspecify.annotations.NullMarked;
