@NullMarked
package io.eventshop.inventory.item.web;

import org.jspecify.annotations.NullMarked;
