/// Takes orders, and follows each until its stock is reserved, refused or released.
///
/// Owns the database `orders` and the topic `orders.events`. Knows the other services by their
/// events only.
@NullMarked
package io.eventshop.orders;

import org.jspecify.annotations.NullMarked;
