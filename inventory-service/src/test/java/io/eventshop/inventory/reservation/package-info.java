@NullMarked
package io.eventshop.inventory.reservation;

import org.jspecify.annotations.NullMarked;
