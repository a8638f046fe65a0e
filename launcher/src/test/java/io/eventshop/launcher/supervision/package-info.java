@NullMarked
package io.eventshop.launcher.supervision;

import org.jspecify.annotations.NullMarked;
