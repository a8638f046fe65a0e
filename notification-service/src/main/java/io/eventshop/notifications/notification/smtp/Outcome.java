package io.eventshop.notifications.notification.smtp;

/// What became of an attempt to hand a mail to the mail server.
sealed interface Outcome {

    /// The mail server took it and answers for it from now on.
    record Sent() implements Outcome {}

    /// The mail server would not take this mail now (a 4xx answer); others may pass.
    record Deferred(String reason) implements Outcome {}

    /// There was no mail server to talk to, or the conversation broke off. It may have taken the
    /// mail. Others would fare the same.
    record Unreachable(String reason) implements Outcome {}

    /// It will never be taken: a 5xx answer, or an address that is none.
    record Refused(String reason) implements Outcome {}
}
