/// Facts about what is on sale: the full current state of an item's name and price.
@NullMarked
package io.eventshop.contracts.items;

import org.jspecify.annotations.NullMarked;
