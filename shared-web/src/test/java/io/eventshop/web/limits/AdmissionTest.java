package io.eventshop.web.limits;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.web.app.Http;
import io.eventshop.web.app.Http.Answer;
import io.eventshop.web.app.Things;
import io.eventshop.web.app.WebTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;

@WebTest
@ExtendWith(OutputCaptureExtension.class)
class AdmissionTest {

    private static final int PLACES = 8;

    @Autowired Http http;
    @Autowired Admission admission;
    @LocalManagementPort int managementPort;

    @Test
    void who_finds_no_place_is_put_off_and_the_others_finish(CapturedOutput log) throws Exception {
        var working = start("/api/v1/hold", PLACES);
        await().until(() -> admission.free() == 0);

        var answer = http.get("/api/v1/flow", "X-Correlation-Id", "full-house");

        var _ = answer.problem(503, "overloaded");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header("X-Correlation-Id")).isEqualTo("full-house");
        assertThat(log).as("one line for many, see Admission").doesNotContain("/api/v1/flow");
        assertThat(health()).isEqualTo(200);
        Things.GO.release(PLACES);
        assertThat(working).allSatisfy(a -> assertThat(a.join().status()).isEqualTo(200));
        await().until(() -> admission.free() == PLACES);
    }

    @Test
    void who_waits_gives_its_place_to_others() {
        var waiting = start("/api/v1/wait", 3 * PLACES);
        await().until(() -> admission.free() == PLACES && Things.GO.getQueueLength() == 24);

        assertThat(http.get("/api/v1/flow").status()).isEqualTo(200);

        Things.GO.release(3 * PLACES);
        assertThat(waiting)
                .allSatisfy(answer -> {
                    assertThat(answer.join().status()).isEqualTo(200);
                    assertThat(answer.join().header("Preference-Applied")).isEqualTo("wait=5");
                });
        await().until(() -> admission.free() == PLACES);
    }

    @Test
    void who_has_waited_is_answered_even_where_all_places_are_taken() {
        var waiting = start("/api/v1/wait", 1);
        await().until(() -> Things.GO.getQueueLength() == 1);
        var working = start("/api/v1/hold", PLACES);
        await().until(() -> admission.free() == 0);

        // First come, first served: the waiting one is let go.
        Things.GO.release();

        assertThat(waiting.getFirst().join().status()).isEqualTo(200);
        Things.GO.release(PLACES);
        assertThat(working).allSatisfy(a -> assertThat(a.join().status()).isEqualTo(200));
        await().until(() -> admission.free() == PLACES);
    }

    @Test
    void a_failed_request_gives_its_place_back() {
        for (int i = 0; i < 2 * PLACES; i++) {
            var _ = http.get("/api/v1/conflict");
        }

        await().until(() -> admission.free() == PLACES);
    }

    private List<CompletableFuture<Answer>> start(String path, int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> http.start(http.request(path, "Prefer", "wait=5")))
                .toList();
    }

    private int health() throws IOException, InterruptedException {
        var uri = URI.create("http://localhost:" + managementPort + "/actuator/health");
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
