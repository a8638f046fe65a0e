package io.eventshop.proof.system.demo;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.services.Service;
import io.eventshop.proof.shop.Services;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// `./demo servers`, for services that run in an IDE.
@Tag("system")
class DemoServersTest {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void only_the_servers_run_with_a_database_for_each_service_and_nothing_is_left_behind()
            throws Exception {
        try (var demo =
                new DemoScript(Services.root().resolve("demo"), folder.resolve("servers"))) {
            demo.startServers();

            assertThat(demo.pids().keySet())
                    .containsExactlyInAnyOrder("postgresql", "kafka", "mail");
            for (Service service : Services.ALL) {
                try (var connection = demo.database(service).connect()) {
                    assertThat(connection.isValid(5)).isTrue();
                }
                assertThat(demo.output())
                        .contains("mvn -pl %s -am spring-boot:run".formatted(service));
            }
            assertThat(demo.run("stop").exitCode()).isZero();
            assertThat(demo.launcher().waitFor(Duration.ofMinutes(1))).isTrue();
            await().untilAsserted(() -> assertThat(demo.processes()).isEmpty());
        }
    }
}
