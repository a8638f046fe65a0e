/// What there is to sell, and what of it is held for which order: items, their stock and their
/// prices, and one reservation for each order. Owns the database `inventory` and the topics
/// `items.events`, `stock.events` and `reservations.events`.
@NullMarked
package io.eventshop.inventory;

import org.jspecify.annotations.NullMarked;
