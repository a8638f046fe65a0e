package io.eventshop.notifications.notification;

/// E-mail addresses as they may be shown and logged: enough to recognise, not enough to use.
final class EmailMask {

    private EmailMask() {}

    /// `a***@example.test`. Also for what is no address at all; control characters, which could
    /// forge a log line, become question marks.
    static String mask(String address) {
        int at = address.lastIndexOf('@');
        String domain = at < 0 ? "" : address.substring(at);
        String first = at == 0 || address.isEmpty() ? "" : firstCharacter(address);
        return (first + "***" + domain).replaceAll("\\p{Cntrl}", "?");
    }

    private static String firstCharacter(String text) {
        return text.substring(0, text.offsetByCodePoints(0, 1));
    }
}
