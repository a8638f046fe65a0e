/// The aggregate `Item`: name, price and stock of one SKU. Other packages read views, and change
/// stock only through [LockedItems].
@NullMarked
package io.eventshop.inventory.item;

import org.jspecify.annotations.NullMarked;
