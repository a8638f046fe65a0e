package io.eventshop.launcher.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailServerTest {

    @TempDir private Path directory;

    @Test
    void a_mail_that_was_sent_is_shown() throws Exception {
        try (var server = new MailServer(directory, 0, 0)) {
            server.start();

            send(server.port(), "Bestätigt", "Your order is confirmed.");

            assertThat(server.mails())
                    .singleElement()
                    .satisfies(mail -> {
                        assertThat(mail.to()).isEqualTo("jane@example.com");
                        assertThat(mail.from()).isEqualTo("shop@example.com");
                        assertThat(mail.subject()).isEqualTo("Bestätigt");
                        assertThat(mail.text()).startsWith("Your order is confirmed.");
                    });
        }
    }

    @Test
    void a_port_that_is_taken_is_named_in_one_sentence() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var server = new MailServer(directory, taken.getLocalPort(), 0);

            assertThatThrownBy(server::start)
                    .hasMessage(
                            "port %d, which mail needs, is taken by another program"
                                    .formatted(taken.getLocalPort()));
        }
    }

    @Test
    void a_taken_port_for_showing_is_named_too() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var server = new MailServer(directory, 0, taken.getLocalPort());

            assertThatThrownBy(server::start)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("is taken");
        }
    }

    private static void send(int port, String subject, String text) throws Exception {
        var properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(port));
        var message = new MimeMessage(Session.getInstance(properties));
        message.setFrom("shop@example.com");
        message.setRecipients(RecipientType.TO, "jane@example.com");
        message.setSubject(subject, "UTF-8");
        message.setText(text, "UTF-8");
        Transport.send(message);
    }
}
