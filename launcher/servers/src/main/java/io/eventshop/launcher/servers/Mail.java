package io.eventshop.launcher.servers;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Properties;

/// A mail as the sink received it.
///
/// @param id its number in the sink's file, from 1
/// @param from the sender of the envelope
/// @param to the recipient of the envelope; a mail to several is received several times
/// @param messageId empty if it has none, like subject and text
public record Mail(
        long id,
        Instant receivedAt,
        String from,
        String to,
        String messageId,
        String subject,
        String text) {

    Mail numbered(long number) {
        return new Mail(number, receivedAt, from, to, messageId, subject, text);
    }

    /// @throws IllegalArgumentException if the bytes are no mail
    static Mail parse(Instant receivedAt, String from, String to, byte[] bytes) {
        try {
            var message =
                    new MimeMessage(
                            Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
            return new Mail(
                    0,
                    receivedAt,
                    from,
                    to,
                    Objects.requireNonNullElse(message.getMessageID(), ""),
                    Objects.requireNonNullElse(message.getSubject(), ""),
                    text(message.getContent()));
        } catch (MessagingException | IOException e) {
            throw new IllegalArgumentException("not a mail", e);
        }
    }

    private static String text(Object content) throws MessagingException, IOException {
        if (content instanceof String text) {
            return text;
        }
        if (content instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart part = parts.getBodyPart(i);
                if (part.isMimeType("text/*") || part.isMimeType("multipart/*")) {
                    return text(part.getContent());
                }
            }
        }
        return "";
    }
}
