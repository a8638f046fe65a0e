/// Facts about the quantity of an item in the warehouse.
@NullMarked
package io.eventshop.contracts.stock;

import org.jspecify.annotations.NullMarked;
