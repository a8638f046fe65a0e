package io.eventshop.launcher.servers;

import java.io.IOException;
import java.io.UncheckedIOException;

/// What can be said to a process. Java itself knows only TERM and KILL.
public enum Signal {
    /// Please end.
    TERM,
    /// Please end; PostgreSQL then ends the sessions of its clients instead of waiting for them.
    INT,
    /// Stand still.
    STOP,
    /// Go on.
    CONT,
    /// End now.
    KILL;

    /// Sends it; a process that has ended meanwhile is no error.
    public void send(long pid) {
        try {
            var kill =
                    new ProcessBuilder("kill", "-" + name(), Long.toString(pid))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            kill.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
