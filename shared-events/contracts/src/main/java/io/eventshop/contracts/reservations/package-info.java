/// Facts about the stock that is held for an order.
@NullMarked
package io.eventshop.contracts.reservations;

import org.jspecify.annotations.NullMarked;
