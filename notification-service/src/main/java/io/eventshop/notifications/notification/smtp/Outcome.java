package io.eventshop.notifications.notification.smtp;

/// What became of an attempt to hand a mail to the mail server.
sealed interface Outcome {

    /// The mail server took it and answers for it from now on.
    record Sent() implements Outcome {}

    /// The mail server would not take this mail now (a 4xx answer); others may pass.
    record Deferred(String reason) implements Outcome {}

    /// There was no mail server to talk to, the conversation broke off, or it lets us send nothing.
    /// It may have taken the mail. Others would fare the same, unless it is this mail that the
    /// server dies of.
    record Outage(String reason) implements Outcome {}

    /// The mail server will never take it, or so it says: a 5xx answer about the mail.
    record Refused(String answer) implements Outcome {}

    /// It can never be sent, whatever the mail server is: the mail library does not take it.
    record Unsendable(String reason) implements Outcome {}
}
