package io.eventshop.launcher.servers;

import java.nio.file.Path;

/// A real server that runs as a child process of this JVM, keeps its data in a directory of its own
/// and can be started again there, by this JVM or a later one.
///
/// If this JVM ends in any way, also by `kill -9`, the child is ended by the [Guard]. A child that
/// outlives even the guard is recognised by its pid file and stopped by the next start on the same
/// directory.
public interface Server extends AutoCloseable {

    /// How it is called in messages and files, e.g. `kafka`.
    String name();

    /// The loopback port that clients connect to; 0 until the first start if any free one would do.
    /// A restart uses the same port.
    int port();

    /// Starts the server and returns when it answers its clients.
    ///
    /// @throws IllegalStateException if it runs already, its port is taken, it ends while starting,
    ///   or it does not answer in time; the message says which, and quotes the end of its log
    void start();

    /// Ends the server as it wishes to be ended, and by force if that takes too long. Does nothing
    /// if it is not running. A start that is under way in another thread fails.
    void stop();

    /// `kill -9`: what a crash looks like.
    void kill();

    /// `SIGSTOP`: what a server that hangs looks like.
    void pause();

    /// `SIGCONT`, after [#pause()].
    void resume();

    boolean isAlive();

    /// @throws IllegalStateException if it was never started
    long pid();

    Path directory();

    Path logFile();

    @Override
    default void close() {
        stop();
    }
}
