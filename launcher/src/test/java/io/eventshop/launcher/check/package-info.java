@NullMarked
package io.eventshop.launcher.check;

import org.jspecify.annotations.NullMarked;
