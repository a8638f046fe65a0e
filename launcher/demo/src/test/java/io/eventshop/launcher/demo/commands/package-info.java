@NullMarked
package io.eventshop.launcher.demo.commands;

import org.jspecify.annotations.NullMarked;
