package io.eventshop.web.app;

import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.messaging.MessagingAutoConfiguration;
import io.eventshop.testkit.TestDirectories;
import java.util.UUID;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.util.IdGenerator;

/// A service without events: the web conventions stand without the rest of messaging. Its database
/// server is its own, so that a test may kill it.
@SpringBootApplication(exclude = MessagingAutoConfiguration.class)
@Import(Things.class)
public class ThingService {

    @Bean
    IdGenerator idGenerator() {
        return UUID::randomUUID;
    }

    @Bean(destroyMethod = "stop")
    PostgresServer postgresServer() {
        var server =
                new PostgresServer(
                        TestDirectories.fresh("postgresql"),
                        0,
                        PostgresServer.Durability.PROCESS_ONLY);
        server.start();
        return server;
    }

    @Bean
    JdbcConnectionDetails jdbcConnectionDetails(PostgresServer server) {
        Database database = server.database("things", "things");
        return new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return database.url();
            }

            @Override
            public String getUsername() {
                return database.username();
            }

            @Override
            public String getPassword() {
                return database.password();
            }
        };
    }
}
