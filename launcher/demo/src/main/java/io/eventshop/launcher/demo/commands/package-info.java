/// One class per command of `./demo`.
@NullMarked
package io.eventshop.launcher.demo.commands;

import org.jspecify.annotations.NullMarked;
