/// What is published about items.
@NullMarked
package io.eventshop.inventory.item.messaging;

import org.jspecify.annotations.NullMarked;
