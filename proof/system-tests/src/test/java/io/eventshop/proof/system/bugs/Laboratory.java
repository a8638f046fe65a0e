package io.eventshop.proof.system.bugs;

import io.eventshop.launcher.servers.EventLog;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.MailServer;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.launcher.servers.PostgresServer.Durability;
import io.eventshop.launcher.servers.Server;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.shop.Services;
import io.eventshop.testkit.Eventually;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The servers on which one shop after the other is opened, each with fresh databases, topics and
/// mails. Services start from what `./demo` prepares too, which is quick.
final class Laboratory implements AutoCloseable {

    private final Path directory = Trees.temporary("laboratory");
    private final PostgresServer postgres =
            new PostgresServer(directory.resolve("postgresql"), 0, Durability.PROCESS_ONLY);
    private final KafkaServer kafka = new KafkaServer(directory.resolve("kafka"), 0);
    private MailServer mail = new MailServer(directory.resolve("mail"), 0);
    private int opened;

    /// @param bug null for a shop as it ships
    SmallShop open(@Nullable SeededBug bug) throws SQLException {
        mail.close();
        mail = new MailServer(directory.resolve("mail-" + ++opened), 0); // with no mails yet
        Stream.<Server>of(postgres, kafka, mail)
                .parallel()
                .filter(server -> !server.isAlive())
                .forEach(Server::start);
        clear();
        return new SmallShop(this, bug);
    }

    private void clear() throws SQLException {
        try (var connection = postgres.administrator().connect();
                var statement = connection.createStatement()) {
            for (Service service : Services.ALL) {
                var _ =
                        statement.execute(
                                "drop database if exists " + service.database() + " with (force)");
            }
        }
        try (var log = EventLog.kafka(kafka.bootstrapServers(), Duration.ofMinutes(1))) {
            Eventually.await("no topic is left")
                    .ignoreExceptions()
                    .until(() -> {
                        var topics = log.topics(".events");
                        log.deleteTopics(topics);
                        return topics.isEmpty();
                    });
        }
    }

    Path directory() {
        return directory;
    }

    PostgresServer postgres() {
        return postgres;
    }

    KafkaServer kafka() {
        return kafka;
    }

    MailServer mail() {
        return mail;
    }

    @Override
    public void close() {
        kafka.close();
        mail.close();
        postgres.close();
    }
}
