@NullMarked
package io.eventshop.inventory.item;

import org.jspecify.annotations.NullMarked;
