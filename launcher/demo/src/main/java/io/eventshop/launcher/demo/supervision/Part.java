package io.eventshop.launcher.demo.supervision;

/// One process of the demo. It may be started many times: the supervisor starts it again whenever
/// it dies, always with the same name, port and data.
public interface Part {

    String name();

    /// The port by which others find it.
    int port();

    /// Starts the process and returns when it takes work.
    ///
    /// @throws IllegalStateException if it ended instead; the message says why
    void start();

    boolean isAlive();

    /// The process that was started last.
    ///
    /// @throws IllegalStateException if none was
    long pid();

    /// Ends the process, also one that is just being started. Bounded: what does not end by itself
    /// is killed.
    void stop();
}
