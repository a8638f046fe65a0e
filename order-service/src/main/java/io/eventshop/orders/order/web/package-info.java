/// Orders over REST.
@NullMarked
package io.eventshop.orders.order.web;

import org.jspecify.annotations.NullMarked;
