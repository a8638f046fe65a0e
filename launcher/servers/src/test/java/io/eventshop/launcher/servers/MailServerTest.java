package io.eventshop.launcher.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailServerTest {

    @TempDir private Path directory;

    @Test
    void a_mail_that_was_sent_is_shown() throws Exception {
        try (var server = new MailServer(directory, 0)) {
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
            var server = new MailServer(directory, taken.getLocalPort());

            assertThatThrownBy(server::start)
                    .hasMessage(
                            "port %d, which mail needs, is taken by another program"
                                    .formatted(taken.getLocalPort()));
        }
    }

    @Test
    void a_mail_outlives_the_sink_that_took_it() throws Exception {
        try (var server = new MailServer(directory, 0)) {
            server.start();
            send(server.port(), "first", "1");
            server.kill();
            Files.writeString(server.file().path(), "{\"id\":2,\"rec", StandardOpenOption.APPEND);

            assertThat(server.mails()).extracting(Mail::subject).containsExactly("first");
            server.start();
            send(server.port(), "second", "2");

            assertThat(server.mails()).extracting(Mail::subject).containsExactly("first", "second");
            assertThat(server.mails()).extracting(Mail::id).containsExactly(1L, 2L);
            assertThat(server.file().last(1)).extracting(Mail::id).containsExactly(2L);
        }
        assertThat(MailFile.in(directory).all()).hasSize(2);
    }

    @Test
    void without_a_sink_there_are_no_mails() throws Exception {
        assertThat(MailFile.in(directory).all()).isEmpty();
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
