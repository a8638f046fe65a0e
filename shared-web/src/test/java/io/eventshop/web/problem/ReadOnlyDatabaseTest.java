package io.eventshop.web.problem;

import static io.eventshop.testkit.Eventually.await;
import static io.eventshop.web.problem.PutOff.THING;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.web.app.Http;
import io.eventshop.web.app.WebTest;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// PostgreSQL answers, and takes no writes: a guard of the disk, or an old primary.
@WebTest
class ReadOnlyDatabaseTest {

    @Autowired Http http;
    @Autowired PostgresServer postgres;

    @AfterEach
    void heal() throws SQLException {
        setReadOnly("off");
        await().until(() -> make().status() == 201);
    }

    @Test
    void writes_are_put_off_and_reads_go_on() throws SQLException {
        setReadOnly("on");

        var refused = await().until(this::make, answer -> answer.status() != 201);

        assertThat(refused.problem(503, "temporarily-unavailable")).isNotNull();
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(http.get(THING).status()).isEqualTo(404);
    }

    private Http.Answer make() {
        return http.post("/api/v1/things", "{\"name\": \"read-only\", \"quantity\": 1}");
    }

    private void setReadOnly(String value) throws SQLException {
        try (var connection = postgres.administrator().connect();
                var statement = connection.createStatement()) {
            statement.execute("alter system set default_transaction_read_only = " + value);
            statement.execute("select pg_reload_conf()");
        }
    }
}
