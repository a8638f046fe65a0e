/// Facts about an order, in the order in which they can happen.
@NullMarked
package io.eventshop.contracts.orders;

import org.jspecify.annotations.NullMarked;
