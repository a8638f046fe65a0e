/// Which events tell of items.
@NullMarked
package io.eventshop.orders.item.messaging;

import org.jspecify.annotations.NullMarked;
