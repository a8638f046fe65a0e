@NullMarked
package io.eventshop.launcher.commands;

import org.jspecify.annotations.NullMarked;
