@NullMarked
package io.eventshop.launcher.demo.supervision;

import org.jspecify.annotations.NullMarked;
