@NullMarked
package io.eventshop.launcher.demo.parts;

import org.jspecify.annotations.NullMarked;
