/// The value types that the shop's events are made of.
@NullMarked
package io.eventshop.contracts.values;

import org.jspecify.annotations.NullMarked;
