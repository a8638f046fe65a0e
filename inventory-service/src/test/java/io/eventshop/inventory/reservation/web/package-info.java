@NullMarked
package io.eventshop.inventory.reservation.web;

import org.jspecify.annotations.NullMarked;
