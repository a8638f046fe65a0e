@NullMarked
package io.eventshop.launcher.parts;

import org.jspecify.annotations.NullMarked;
