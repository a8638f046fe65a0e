/// The seam to the broker: what the relay sends through and what the inbox receives.
@NullMarked
package io.eventshop.messaging.internal.transport;

import org.jspecify.annotations.NullMarked;
