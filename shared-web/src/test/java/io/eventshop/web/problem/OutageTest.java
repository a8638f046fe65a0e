package io.eventshop.web.problem;

import static io.eventshop.testkit.Eventually.await;
import static io.eventshop.web.problem.PutOff.THING;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.web.app.Http;
import io.eventshop.web.app.WebTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// PostgreSQL is gone, then back.
@Tag("promised-time")
@WebTest
class OutageTest {

    @Autowired Http http;
    @Autowired PostgresServer postgres;

    @AfterEach
    void heal() {
        if (!postgres.isAlive()) {
            postgres.start();
        }
        await().until(() -> http.get(THING).status() == 404);
    }

    @Test
    void a_dead_database_is_answered_in_time_and_its_return_is_noticed() {
        assertThat(http.get(THING).status()).isEqualTo(404);

        postgres.kill();

        PutOff.assertAllPutOffInTime(http);
        postgres.start();
        await().until(() -> http.get(THING).status() == 404);
    }
}
