package io.eventshop.messaging.internal.inbox;

/// What a dead letter says about why it is one.
///
/// @param reason for the person on call
/// @param fingerprint the same for failures of one kind: the root exception and where it was thrown
record Failure(String reason, String fingerprint) {

    /// Characters; the log has the rest.
    private static final int REASON_MAX = 1000;

    /// Of an event that has not been tried.
    static final Failure WAITING =
            new Failure("waits behind an earlier event of its key", "parked");

    Failure {
        reason = storable(reason);
        fingerprint = storable(fingerprint);
    }

    static Failure of(Throwable thrown) {
        Throwable root = FailureClassifier.causes(thrown).getLast();
        var trace = root.getStackTrace();
        String place =
                trace.length == 0 ? "?" : trace[0].getClassName() + "." + trace[0].getMethodName();
        String type = root.getClass().getSimpleName();
        return new Failure(type + ": " + root.getMessage(), type + "@" + place);
    }

    /// PostgreSQL's text holds any character but one.
    private static String storable(String text) {
        return text.substring(0, Math.min(text.length(), REASON_MAX)).replace('\0', '?');
    }
}
