package io.eventshop.launcher.demo.commands;

import io.eventshop.launcher.demo.Arguments;
import java.io.IOException;

/// Something that can be typed after `./demo`.
public interface Command {

    Arguments.Syntax syntax();

    /// Returns the exit code.
    ///
    /// @throws io.eventshop.launcher.demo.Refusal with a sentence for the person who typed it
    int run(Arguments arguments) throws IOException, InterruptedException;
}
