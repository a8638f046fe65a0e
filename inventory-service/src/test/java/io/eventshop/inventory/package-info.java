@NullMarked
package io.eventshop.inventory;

import org.jspecify.annotations.NullMarked;
