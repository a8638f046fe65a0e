package io.eventshop.notifications.notification.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.notifications.ScriptedSmtpServer;
import io.eventshop.notifications.notification.Mail;
import io.eventshop.notifications.notification.NotificationKind;
import io.eventshop.notifications.notification.NotificationProperties;
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

    private final ScriptedSmtpServer server = new ScriptedSmtpServer();
    private final Postman postman = postmanFor(server.port());

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

        assertThat(lostAnswer).isInstanceOf(Outcome.Unreachable.class);
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

        assertThat(postman.deliver(mailTo("ada@example.test")))
                .isInstanceOf(Outcome.Unreachable.class);
    }

    @Test
    void a_server_that_is_not_there_is_unreachable() {
        server.close();

        assertThat(postman.deliver(mailTo("ada@example.test")))
                .isEqualTo(new Outcome.Unreachable("no mail server to talk to: ConnectException"));
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
                "ada@exa mple.test"
            })
    void what_is_no_address_is_refused_without_asking_the_server(String recipient) {
        var outcome = postman.deliver(mailTo(recipient));

        assertThat(outcome)
                .isEqualTo(new Outcome.Refused("the recipient is not an e-mail address"));
        assertThat(server.mails()).isEmpty();
    }

    private static Postman postmanFor(int port) {
        var smtp = new JavaMailSenderImpl();
        smtp.setHost("localhost");
        smtp.setPort(port);
        smtp.getJavaMailProperties().setProperty("mail.smtp.connectiontimeout", "500");
        smtp.getJavaMailProperties().setProperty("mail.smtp.timeout", "500");
        smtp.getJavaMailProperties().setProperty("mail.smtp.quitwait", "false");
        return new Postman(
                smtp, new NotificationProperties("shop@example.test", "buyer@example.test"));
    }

    private static Mail mailTo(String recipient) {
        return new Mail(
                ID,
                1,
                Instant.EPOCH,
                NotificationKind.ORDER_CONFIRMED,
                UUID.fromString("019a9c5e-3e0a-7b3c-8f2d-1c2b3a4d5e6f"),
                null,
                recipient,
                "Your order",
                "The text",
                "flow-1");
    }
}
