package io.eventshop.web.problem;

import static io.eventshop.web.problem.PutOff.THING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.web.app.Http;
import io.eventshop.web.app.WebTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// PostgreSQL is gone, then back.
@WebTest
class OutageTest {

    @Autowired Http http;
    @Autowired PostgresServer postgres;

    @AfterEach
    void heal() {
        if (!postgres.isAlive()) {
            postgres.start();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> http.get(THING).status() == 404);
    }

    @Test
    void a_dead_database_is_answered_in_time_and_its_return_is_noticed() {
        assertThat(http.get(THING).status()).isEqualTo(404);

        postgres.kill();

        PutOff.assertAllPutOffInTime(http);
        postgres.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> http.get(THING).status() == 404);
    }
}
