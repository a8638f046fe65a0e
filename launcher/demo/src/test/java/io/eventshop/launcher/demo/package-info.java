@NullMarked
package io.eventshop.launcher.demo;

import org.jspecify.annotations.NullMarked;
