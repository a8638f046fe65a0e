/// The aggregate `Reservation`: what is held for one order, and the answer that the order got.
@NullMarked
package io.eventshop.inventory.reservation;

import org.jspecify.annotations.NullMarked;
