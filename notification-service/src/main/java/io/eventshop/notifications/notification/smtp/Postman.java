package io.eventshop.notifications.notification.smtp;

import io.eventshop.notifications.notification.Mail;
import io.eventshop.notifications.notification.NotificationProperties;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/// Hands one mail to the mail server and says what became of it. Waits no longer than the time-outs
/// of `spring.mail.properties`.
///
/// The mail's recipient is what the judge of addresses has made of it: ASCII, so that the library
/// has nothing to rewrite, and without any character that ends an SMTP command.
@Component
class Postman {

    /// RFC 4954: who we are is not known, or not by what we have said.
    private static final Set<Integer> ABOUT_US = Set.of(530, 534, 535, 538);

    /// RFC 3463: security or policy.
    private static final String POLICY = "5.7.";

    /// An answer's first line, with an enhanced status code if it has one (RFC 2034).
    private static final Pattern ANSWER =
            Pattern.compile("^\\d{3}[ -]([245]\\.\\d{1,3}\\.\\d{1,3})\\b");

    private final JavaMailSender smtp;
    private final NotificationProperties properties;
    private final String messageIdDomain;

    Postman(JavaMailSender smtp, NotificationProperties properties) {
        this.smtp = smtp;
        this.properties = properties;
        String from = properties.from().value();
        this.messageIdDomain = from.substring(from.lastIndexOf('@') + 1);
    }

    Outcome deliver(Mail mail) {
        try {
            smtp.send(message(mail));
            return new Outcome.Sent();
        } catch (MailAuthenticationException e) {
            return new Outcome.Outage("the mail server does not take our credentials");
        } catch (MailSendException e) {
            return outcomeOf(e);
        } catch (MessagingException | RuntimeException e) {
            return unsendable(e);
        }
    }

    private MimeMessage message(Mail mail) throws MessagingException {
        MimeMessage message = smtp.createMimeMessage();
        var content = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
        content.setFrom(properties.from().value());
        content.setTo(mail.recipient().value());
        content.setSubject(mail.subject());
        content.setText(mail.text());
        // The same at every attempt: a recipient's mail server can drop the second copy.
        message.setHeader("Message-ID", "<" + mail.id() + "@" + messageIdDomain + ">");
        return message;
    }

    /// The sender gives a failure for each mail that was not sent. Where that is the failure of the
    /// whole, there was no connection; where there is none, the mail was taken and only the goodbye
    /// went wrong.
    private static Outcome outcomeOf(MailSendException failure) {
        return failure.getFailedMessages().values().stream()
                .findAny()
                .map(ofTheMail ->
                        ofTheMail.equals(failure.getCause())
                                ? outage(failure)
                                : outcomeOf(ofTheMail))
                .orElseGet(Outcome.Sent::new);
    }

    private static Outcome outcomeOf(Exception ofTheMail) {
        return answerIn(ofTheMail)
                .orElseGet(
                        () -> isBrokenOff(ofTheMail) ? outage(ofTheMail) : unsendable(ofTheMail));
    }

    /// What the mail server said in the course of a mail, if it said something.
    private static Optional<Outcome> answerIn(Throwable failure) {
        return switch (failure) {
            case SMTPAddressFailedException recipient ->
                    answer(recipient.getReturnCode(), recipient.getMessage(), false);
            case SMTPSenderFailedException sender ->
                    answer(sender.getReturnCode(), sender.getMessage(), true);
            case MessagingException next when next.getNextException() != null ->
                    answerIn(next.getNextException());
            case SMTPSendFailedException command ->
                    answer(
                            command.getReturnCode(),
                            command.getMessage(),
                            Objects.requireNonNullElse(command.getCommand(), "")
                                    .startsWith("MAIL"));
            default -> Optional.empty();
        };
    }

    /// @param code where the connection broke off instead of an answer, the library gives -1
    /// @param toTheSender in answer to MAIL, before the recipient was named
    private static Optional<Outcome> answer(int code, @Nullable String words, boolean toTheSender) {
        if (code < 400 || code > 599) {
            return Optional.empty();
        }
        Matcher line = ANSWER.matcher(Objects.requireNonNullElse(words, ""));
        String enhanced = line.find() ? line.group(1) : "";
        // Its words may repeat the address, which is nobody's business.
        String reason = ("the mail server answered " + code + " " + enhanced).strip();
        if (ABOUT_US.contains(code) || (toTheSender && enhanced.startsWith(POLICY))) {
            return Optional.of(new Outcome.Outage(reason));
        }
        return Optional.of(
                code >= 500 ? new Outcome.Refused(reason) : new Outcome.Deferred(reason));
    }

    /// The connection was there and is gone, or says nothing any more.
    private static boolean isBrokenOff(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(each ->
                        each instanceof IOException
                                || each instanceof IllegalStateException
                                || each instanceof SMTPAddressFailedException
                                || each instanceof SMTPSenderFailedException
                                || each instanceof SMTPSendFailedException);
    }

    private static Outcome outage(Throwable failure) {
        return new Outcome.Outage("no mail server to talk to: " + nameOf(failure));
    }

    private static Outcome unsendable(Throwable failure) {
        return new Outcome.Unsendable("the mail library does not send it: " + nameOf(failure));
    }

    /// The classes only: messages may contain addresses.
    private static String nameOf(Throwable failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure).getClass().getSimpleName();
    }
}
