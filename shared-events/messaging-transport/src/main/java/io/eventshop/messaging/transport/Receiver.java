package io.eventshop.messaging.transport;

/// Receives for one consumer in one instance of its service, and hands batches over one at a time.
///
/// Records of one key come in the order in which they were accepted, whatever fails, and whichever
/// instance gets them; each at least once. An instance that dies, or that the others take for dead,
/// leaves what it has not dealt with to another. One that was only paused may deal with its last
/// batch beside the other, and nothing more: the handler has to recognise what was dealt with.
///
/// A broker that is away is waited for, without an end and without an exception. Its text names the
/// group, for the log.
public interface Receiver {

    /// @throws RuntimeException if it cannot start yet, e.g. because a name does not resolve; it
    ///   may be started again
    void start();

    /// Lets the batch in hand end, for ten seconds at most, and takes no other. What was not dealt
    /// with is left to others, at once. It may be started again.
    void stop();

    /// False from the beginning until it was started, and after it ended for whatever reason.
    boolean isRunning();
}
