package io.eventshop.messaging.internal.inbox;

import java.sql.SQLException;

/// What a dead letter says about why it is one.
///
/// @param reason for the person on call
/// @param fingerprint the same for failures of one kind: the root exception and where it was thrown
record Failure(String reason, String fingerprint) {

    /// Characters; the log has the rest.
    private static final int REASON_MAX = 1000;

    /// Of an event that has not been tried.
    static final Failure PARKED = new Failure("waits behind an earlier event of its key", "parked");

    /// @param holders of the lock that it waits for
    static Failure waiting(String holders) {
        return new Failure("waits for a lock; held by: " + holders, "locked");
    }

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
        if (root instanceof SQLException sql) {
            type += " " + sql.getSQLState(); // all of them are thrown at one place in the driver
        }
        return new Failure(type + ": " + root.getMessage(), type + "@" + place);
    }

    /// PostgreSQL's text holds any character but one.
    private static String storable(String text) {
        return text.substring(0, Math.min(text.length(), REASON_MAX)).replace('\0', '?');
    }
}
