package io.eventshop.messaging.internal.inbox;

/// Whatever a consumer applies fails alike: it waits for somebody to mend that, and the batch with
/// it.
final class ConsumerStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConsumerStoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
