@NullMarked
package io.eventshop.contracts.values;

import org.jspecify.annotations.NullMarked;
