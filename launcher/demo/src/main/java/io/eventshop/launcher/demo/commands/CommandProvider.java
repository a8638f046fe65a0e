package io.eventshop.launcher.demo.commands;

import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.Console;

/// How a module that the demo does not know adds a command to it: as a `java.util.ServiceLoader`
/// provider, with the command's help beside the others.
public interface CommandProvider {

    /// As it is typed.
    String name();

    Command command(Checkout checkout, Console console);
}
