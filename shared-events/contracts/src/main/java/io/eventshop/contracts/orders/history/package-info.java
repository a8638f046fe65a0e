/// Superseded versions of order events; each knows how to become the next version.
@NullMarked
package io.eventshop.contracts.orders.history;

import org.jspecify.annotations.NullMarked;
