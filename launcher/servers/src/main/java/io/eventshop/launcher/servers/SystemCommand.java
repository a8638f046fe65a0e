package io.eventshop.launcher.servers;

import java.io.IOException;
import java.util.List;

/// A program of the operating system that is short and asked only whether it succeeds.
public final class SystemCommand {

    private SystemCommand() {}

    /// @return false as well if there is no such program
    public static boolean succeeds(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
