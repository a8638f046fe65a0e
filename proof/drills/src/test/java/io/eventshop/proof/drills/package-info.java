@NullMarked
package io.eventshop.proof.drills;

import org.jspecify.annotations.NullMarked;
