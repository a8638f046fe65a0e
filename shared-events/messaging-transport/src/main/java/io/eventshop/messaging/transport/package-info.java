/// The seam between `messaging` and a broker: what the relay sends through, what the inbox
/// receives, and what a service asks and tells its broker. [Broker] is where to begin.
@NullMarked
package io.eventshop.messaging.transport;

import org.jspecify.annotations.NullMarked;
