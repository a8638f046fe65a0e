package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.internal.inbox.Incoming.Content.Unreadable;
import java.util.Arrays;

/// What a dead letter says about why it is one.
///
/// @param reason for the person on call
/// @param fingerprint the same for failures of one kind: the root exception and where it was thrown
record Failure(String reason, String fingerprint) {

    /// Characters; the log has the rest.
    private static final int REASON_MAX = 1000;

    private static final int CAUSES_MAX = 50;

    Failure {
        reason = storable(reason);
        fingerprint = storable(fingerprint);
    }

    static Failure of(Throwable thrown) {
        Throwable root = root(thrown);
        String place =
                Arrays.stream(root.getStackTrace())
                        .findFirst()
                        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                        .orElse("?");
        String type = root.getClass().getSimpleName();
        return new Failure(type + ": " + root.getMessage(), type + "@" + place);
    }

    static Failure of(Unreadable content) {
        return new Failure(content.reason(), "unreadable");
    }

    static Failure waiting() {
        return new Failure("waits behind an earlier event of its key", "parked");
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        for (int depth = 0; root.getCause() != null && depth < CAUSES_MAX; depth++) {
            root = root.getCause();
        }
        return root;
    }

    /// PostgreSQL's text holds any character but one.
    private static String storable(String text) {
        String cleared = text.replace('\0', '?');
        return cleared.length() <= REASON_MAX ? cleared : cleared.substring(0, REASON_MAX);
    }
}
