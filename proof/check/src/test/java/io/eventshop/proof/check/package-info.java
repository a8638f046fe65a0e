@NullMarked
package io.eventshop.proof.check;

import org.jspecify.annotations.NullMarked;
