/// What inventory hears of orders.
@NullMarked
package io.eventshop.inventory.item.messaging;

import org.jspecify.annotations.NullMarked;
