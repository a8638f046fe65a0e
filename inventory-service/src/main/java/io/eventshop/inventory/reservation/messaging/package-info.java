/// What inventory hears of orders.
@NullMarked
package io.eventshop.inventory.reservation.messaging;

import org.jspecify.annotations.NullMarked;
