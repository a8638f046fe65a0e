@NullMarked
package io.eventshop.launcher;

import org.jspecify.annotations.NullMarked;
