@NullMarked
package io.eventshop.launcher.drills;

import org.jspecify.annotations.NullMarked;
