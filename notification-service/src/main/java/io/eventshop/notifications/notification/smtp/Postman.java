package io.eventshop.notifications.notification.smtp;

import io.eventshop.notifications.notification.Mail;
import io.eventshop.notifications.notification.NotificationProperties;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/// Hands one mail to the mail server and says what became of it. Waits no longer than the time-outs
/// of `spring.mail.properties`.
@Component
class Postman {

    private final JavaMailSender smtp;
    private final String from;
    private final String messageIdDomain;

    Postman(JavaMailSender smtp, NotificationProperties properties) {
        this.smtp = smtp;
        this.from = properties.from();
        this.messageIdDomain = from.substring(from.lastIndexOf('@') + 1);
    }

    Outcome deliver(Mail mail) {
        try {
            smtp.send(message(mail));
            return new Outcome.Sent();
        } catch (AddressException malformed) {
            // Its message repeats the address, which is nobody's business.
            return new Outcome.Refused("the recipient is not an e-mail address");
        } catch (MessagingException | MailException failure) {
            return outcomeOf(failure);
        }
    }

    private MimeMessage message(Mail mail) throws MessagingException {
        var recipient = new InternetAddress(mail.recipient(), true);
        recipient.validate();
        MimeMessage message = smtp.createMimeMessage();
        var content = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
        content.setFrom(from);
        content.setTo(recipient);
        content.setSubject(mail.subject());
        content.setText(mail.text());
        // The same at every attempt: a recipient's mail server can drop the second copy.
        message.setHeader("Message-ID", "<" + mail.id() + "@" + messageIdDomain + ">");
        return message;
    }

    private static Outcome outcomeOf(Exception failure) {
        OptionalInt answer = answerIn(failure);
        if (answer.isEmpty()) {
            return new Outcome.Unreachable(nameOf(failure));
        }
        String reason = "the mail server answered " + answer.getAsInt();
        return answer.getAsInt() >= 500
                ? new Outcome.Refused(reason)
                : new Outcome.Deferred(reason);
    }

    /// The mail server's answer about this mail, if it got as far as giving one. An answer to the
    /// connection itself (a greeting of 421, a refused login) is not about the mail.
    private static OptionalInt answerIn(Throwable failure) {
        return switch (failure) {
            case SMTPAddressFailedException recipient -> code(recipient.getReturnCode());
            case SMTPSenderFailedException sender -> code(sender.getReturnCode());
            case MailSendException mail when mail.getMessageExceptions().length > 0 ->
                    answerIn(mail.getMessageExceptions()[0]);
            case MessagingException next when next.getNextException() != null ->
                    answerIn(next.getNextException());
            case SMTPSendFailedException command -> code(command.getReturnCode());
            default -> OptionalInt.empty();
        };
    }

    /// Where the connection broke off instead of an answer, the library gives -1.
    private static OptionalInt code(int answer) {
        return answer >= 400 && answer <= 599 ? OptionalInt.of(answer) : OptionalInt.empty();
    }

    /// The classes only: messages may contain addresses.
    private static String nameOf(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return "no mail server to talk to: " + cause.getClass().getSimpleName();
    }
}
