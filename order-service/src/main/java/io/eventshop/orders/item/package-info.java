/// Copies of the items that inventory has listed: SKU, name and price, so that an order can be
/// priced while inventory is down. Inventory stays their owner; nothing here changes them but its
/// events.
@NullMarked
package io.eventshop.orders.item;

import org.jspecify.annotations.NullMarked;
