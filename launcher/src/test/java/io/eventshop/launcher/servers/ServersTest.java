package io.eventshop.launcher.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.PostgresServer.Durability;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersTest {

    @TempDir private Path directory;

    @Test
    void postgres_starts() throws Exception {
        try (var postgres = new PostgresServer(directory, 0, Durability.PROCESS_ONLY)) {
            postgres.start();
            var orders = postgres.database("orders", "demo-orders");
            try (var c =
                    DriverManager.getConnection(
                            orders.url(), orders.username(), orders.password())) {
                assertThat(c.isValid(1)).isTrue();
            }
        }
    }

    @Test
    void kafka_starts() throws Exception {
        try (var kafka = new KafkaServer(directory, 0)) {
            kafka.start();
            assertThat(kafka.isAlive()).isTrue();
            kafka.stop();
            kafka.start();
            kafka.kill();
            kafka.start();
        }
    }

    @Test
    void mail_is_shown() throws Exception {
        try (var server = new MailServer(directory, 0, 0)) {
            server.start();
            var properties = new java.util.Properties();
            properties.put("mail.smtp.host", "127.0.0.1");
            properties.put("mail.smtp.port", Integer.toString(server.port()));
            var message =
                    new jakarta.mail.internet.MimeMessage(
                            jakarta.mail.Session.getInstance(properties));
            message.setFrom("shop@example.com");
            message.setRecipients(jakarta.mail.Message.RecipientType.TO, "jane@example.com");
            message.setSubject("Bestätigt");
            message.setText("Your order");
            jakarta.mail.Transport.send(message);

            assertThat(server.mails())
                    .singleElement()
                    .satisfies(mail -> {
                        assertThat(mail.to()).isEqualTo("jane@example.com");
                        assertThat(mail.subject()).isEqualTo("Bestätigt");
                        assertThat(mail.text().strip()).isEqualTo("Your order");
                    });
        }
    }
}
