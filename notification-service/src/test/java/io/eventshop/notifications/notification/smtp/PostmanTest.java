package io.eventshop.notifications.notification.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.notifications.ScriptedSmtpServer;
import io.eventshop.notifications.notification.Mail;
import io.eventshop.notifications.notification.NotificationKind;
import io.eventshop.notifications.notification.NotificationProperties;
import jakarta.mail.internet.MimeMessage;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class PostmanTest {

    private static final UUID ID = UUID.fromString("019a9c5e-3f52-7c11-9d1b-0a4f5e6d7c8b");

    private static final NotificationProperties PROPERTIES =
            new NotificationProperties(
                    new EmailAddress("shop@example.test"),
                    new EmailAddress("buyer@example.test"),
                    Duration.ZERO,
                    Duration.ofMinutes(1));

    private final ScriptedSmtpServer server = new ScriptedSmtpServer();
    private final JavaMailSenderImpl smtp = sender(server.port());
    private final Postman postman = new Postman(smtp, PROPERTIES);

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void a_mail_is_plain_text_with_the_notifications_id() {
        var outcome = postman.deliver(mailTo("ada@example.test"));

        assertThat(outcome).isEqualTo(new Outcome.Sent());
        assertThat(server.mails())
                .singleElement()
                .asString()
                .contains("From: shop@example.test")
                .contains("To: ada@example.test")
                .contains("Subject: Your order")
                .contains("Message-ID: <" + ID + "@example.test>")
                .contains("Content-Type: text/plain; charset=UTF-8")
                .contains("The text");
    }

    @Test
    void a_second_attempt_has_the_same_message_id() {
        server.answer(".", ScriptedSmtpServer.HANG_UP);
        var lostAnswer = postman.deliver(mailTo("ada@example.test"));
        server.behave();
        var second = postman.deliver(mailTo("ada@example.test"));

        assertThat(lostAnswer).isInstanceOf(Outcome.Outage.class);
        assertThat(second).isEqualTo(new Outcome.Sent());
        assertThat(server.mails())
                .hasSize(2)
                .allSatisfy(mail -> assertThat(mail).contains("Message-ID: <" + ID));
    }

    @ParameterizedTest
    @CsvSource({"MAIL,451", "RCPT,450", "RCPT,421", "DATA,452", ".,451"})
    void a_4xx_answer_is_for_now(String command, int code) {
        server.answer(command, code + " not now");

        assertThat(postman.deliver(mailTo("ada@example.test")))
                .isEqualTo(new Outcome.Deferred("the mail server answered " + code));
    }

    @ParameterizedTest
    @CsvSource({"MAIL,550", "RCPT,550", "RCPT,553", "DATA,554", ".,552"})
    void a_5xx_answer_is_for_good(String command, int code) {
        server.answer(command, code + " never");

        assertThat(postman.deliver(mailTo("ada@example.test")))
                .isEqualTo(new Outcome.Refused("the mail server answered " + code));
    }

    @ParameterizedTest
    @CsvSource({"GREETING,421 busy", "GREETING,554 go away", "EHLO,''", "RCPT,''", "RCPT,..."})
    void a_conversation_that_breaks_off_says_nothing_about_the_mail(String line, String answer) {
        server.answer(line, answer);

        assertThat(postman.deliver(mailTo("ada@example.test"))).isInstanceOf(Outcome.Outage.class);
    }

    @Test
    void a_server_that_is_not_there_is_unreachable() {
        server.close();

        assertThat(postman.deliver(mailTo("ada@example.test")))
                .isEqualTo(new Outcome.Outage("no mail server to talk to: ConnectException"));
    }

    /// The judge of addresses and the library agree on what is sent to, and the envelope names whom
    /// the order named.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada.Lovelace+shop@Example.Test",
                "!#$%&'*+/=?^_`{|}~-.x@example.test",
                "-oQ@example.test",
                "0@0.test",
                "a@xn--mnchen-3ya.example",
                "postmaster%example.test@relay.test",
                "a@a-b.c--d.1.test"
            })
    void the_envelope_is_what_the_judge_has_said(String recipient) {
        assertThat(postman.deliver(mailTo(recipient))).isEqualTo(new Outcome.Sent());

        assertThat(server.mails()).hasSize(1);
        assertThat(server.commands()).contains("RCPT TO:<" + recipient + ">");
    }

    @Test
    void the_longest_address_is_sent_to() {
        var label = "d".repeat(61);
        var longest = "l".repeat(64) + "@" + label + "." + label + "." + label + ".de";

        assertThat(longest).hasSize(253);
        the_envelope_is_what_the_judge_has_said(longest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no address",
                "two@example.test, more@example.test",
                "ada@example.test\r\nBcc: eve@example.test",
                "ada@",
                "@example.test",
                "ada@exa mple.test",
                "čapek@example.test",
                "a@münchen.example"
            })
    void there_is_no_mail_to_what_the_judge_has_not_let_pass(String recipient) {
        assertThatIllegalArgumentException().isThrownBy(() -> mailTo(recipient));
    }

    /// RFC 4954 and 3463: it is not the mail that is refused, but we are.
    @ParameterizedTest
    @CsvSource({
        "MAIL,530 5.7.0 Must issue a STARTTLS command first",
        "MAIL,530 Authentication required",
        "MAIL,535 5.7.8 Authentication credentials invalid",
        "MAIL,550 5.7.1 Your address is on a list",
        "MAIL,554 5.7.1 no",
        "RCPT,530 5.7.1 Authentication required",
        "RCPT,535 no",
        "DATA,530 no",
        "DATA,534 too weak",
        ".,538 5.7.11 encryption required"
    })
    void a_refusal_that_is_about_us_says_nothing_about_the_mail(String command, String answer) {
        server.answer(command, answer);

        assertThat(postman.deliver(mailTo("ada@example.test"))).isInstanceOf(Outcome.Outage.class);
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT,550 5.1.1 <ada@example.test> is not known here,550 5.1.1",
        "RCPT,550-5.7.1 relaying denied,550 5.7.1",
        "MAIL,552 5.3.4 too large,552 5.3.4",
        ".,554 5.6.0 <ada@example.test> spam,554 5.6.0"
    })
    void a_refusal_is_told_by_its_codes_and_not_by_its_words(
            String command, String answer, String told) {
        server.answer(
                command,
                answer.charAt(3) == '-' ? answer + "\r\n" + answer.replace('-', ' ') : answer);

        assertThat(postman.deliver(mailTo("ada@example.test")))
                .isEqualTo(new Outcome.Refused("the mail server answered " + told));
    }

    @Test
    void credentials_that_the_server_does_not_take_are_an_outage() {
        server.answer("EHLO", "250-here\r\n250 AUTH PLAIN LOGIN");
        server.answer("AUTH", "535 5.7.8 wrong");
        smtp.setUsername("shop");
        smtp.setPassword("forgotten");

        assertThat(postman.deliver(mailTo("ada@example.test"))).isInstanceOf(Outcome.Outage.class);
    }

    @Test
    void encryption_that_we_want_and_the_server_has_not_is_an_outage() {
        smtp.getJavaMailProperties().setProperty("mail.smtp.starttls.enable", "true");
        smtp.getJavaMailProperties().setProperty("mail.smtp.starttls.required", "true");

        assertThat(postman.deliver(mailTo("ada@example.test"))).isInstanceOf(Outcome.Outage.class);
    }

    @Test
    void a_mail_that_the_library_does_not_take_can_never_be_sent() {
        var picky =
                new JavaMailSenderImpl() {
                    @Override
                    public MimeMessage createMimeMessage() {
                        return new MimeMessage(getSession()) {
                            @Override
                            public void writeTo(OutputStream out, String[] without) {
                                throw new IllegalArgumentException("ada@example.test");
                            }
                        };
                    }
                };
        configure(picky, server.port());

        assertThat(new Postman(picky, PROPERTIES).deliver(mailTo("ada@example.test")))
                .isEqualTo(
                        new Outcome.Unsendable(
                                "the mail library does not send it: IllegalArgumentException"));
    }

    private static JavaMailSenderImpl sender(int port) {
        var smtp = new JavaMailSenderImpl();
        configure(smtp, port);
        return smtp;
    }

    private static void configure(JavaMailSenderImpl smtp, int port) {
        smtp.setHost("localhost");
        smtp.setPort(port);
        smtp.getJavaMailProperties().setProperty("mail.smtp.connectiontimeout", "500");
        smtp.getJavaMailProperties().setProperty("mail.smtp.timeout", "500");
        smtp.getJavaMailProperties().setProperty("mail.smtp.quitwait", "false");
    }

    private static Mail mailTo(String recipient) {
        return new Mail(
                ID,
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                NotificationKind.ORDER_CONFIRMED,
                UUID.fromString("019a9c5e-3e0a-7b3c-8f2d-1c2b3a4d5e6f"),
                new EmailAddress(recipient),
                "Your order",
                "The text",
                "flow-1");
    }
}
