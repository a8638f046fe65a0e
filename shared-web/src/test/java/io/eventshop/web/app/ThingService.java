package io.eventshop.web.app;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.messaging.MessagingAutoConfiguration;
import io.eventshop.testkit.TcpProxy;
import io.eventshop.web.problem.ServiceProblems;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.util.IdGenerator;

/// A service without events: the web conventions stand without the rest of messaging. Its database
/// server and the way to it are its own, so that a test may kill the one and freeze the other.
@SpringBootApplication(exclude = MessagingAutoConfiguration.class)
@Import(Things.class)
public class ThingService {

    @Bean
    EventCatalog events() {
        return EventCatalog.of();
    }

    @Bean
    IdGenerator idGenerator() {
        return UUID::randomUUID;
    }

    @Bean
    ServiceProblems thingProblems() {
        return () -> List.of(ThingProblem.values());
    }

    @Bean(destroyMethod = "stop")
    PostgresServer postgresServer() {
        var server =
                new PostgresServer(
                        Trees.temporary("postgresql"), 0, PostgresServer.Durability.PROCESS_ONLY);
        server.start();
        return server;
    }

    @Bean
    TcpProxy network(PostgresServer server) {
        return new TcpProxy(server.port());
    }

    @Bean
    JdbcConnectionDetails jdbcConnectionDetails(PostgresServer server, TcpProxy network) {
        Database database = server.database("things", "things");
        return new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return database.url().replace(":" + server.port(), ":" + network.port());
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
