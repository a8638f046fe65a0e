@NullMarked
package io.eventshop.contracts;

import org.jspecify.annotations.NullMarked;
