/// Which events reach orders, and where the outbox finds their versions.
@NullMarked
package io.eventshop.orders.order.messaging;

import org.jspecify.annotations.NullMarked;
