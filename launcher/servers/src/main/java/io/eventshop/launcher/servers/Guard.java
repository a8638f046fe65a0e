package io.eventshop.launcher.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends the children of this JVM when it dies, also by `kill -9`, where no shutdown hook runs.
///
/// A tiny shell process reads which children there are from a pipe whose other end only this JVM
/// holds. When the JVM is gone, however it went, the pipe is at its end: the shell asks each child
/// to stop, kills what is left after ten seconds, deletes what is to be deleted, and ends. A child
/// that is born in the very moment of the death, before it was made known, is found by its pid file
/// on the next start.
public final class Guard {

    public static final Guard INSTANCE = new Guard();

    private @Nullable Process shell;

    private Guard() {}

    /// Ends this process with this JVM.
    public synchronized void watch(ProcessHandle child, Signal stopSignal) {
        tell("watch " + child.pid() + " " + stopSignal);
    }

    /// Its pid may be somebody else's from now on.
    public synchronized void forget(long pid) {
        tell("forget " + pid);
    }

    /// Deletes this directory, with all that is in it, after this JVM and its children have ended.
    public synchronized void deleteAtEnd(Path directory) {
        tell("delete " + directory.toAbsolutePath());
    }

    private void tell(String line) {
        try {
            var pipe = pipe();
            pipe.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            pipe.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the guard of the child processes has gone", e);
        }
    }

    private OutputStream pipe() throws IOException {
        if (shell == null) {
            shell =
                    new ProcessBuilder(Sessions.detached(List.of("sh", "-c", script(), "guard")))
                            .directory(Path.of("/").toFile())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
        }
        return shell.getOutputStream();
    }

    private static String script() throws IOException {
        try (var script = Guard.class.getResourceAsStream("guard.sh")) {
            if (script == null) {
                throw new IOException("guard.sh is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
