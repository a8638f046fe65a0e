package io.eventshop.messaging.internal.codec;

/// A record that is meant for a handler but cannot be turned into its event. The message is the
/// reason that stands in the dead letter; it names what is wrong and never quotes the data.
public final class UnreadableEventException extends RuntimeException {

    public UnreadableEventException(String reason) {
        super(reason);
    }

    public UnreadableEventException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
