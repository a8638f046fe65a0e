package io.eventshop.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.testkit.PromisedTime;
import io.eventshop.web.app.Http;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// What a client gets who needs the database while there is none.
final class PutOff {

    static final String THING = "/api/v1/things/5e4d2f8a-0000-7000-8000-000000000000";

    private static final PromisedTime IN_TIME =
            new PromisedTime("503 where the database does not answer", Duration.ofSeconds(3));

    private PutOff() {}

    /// More requests at once than there are places. Every other one begins a transaction; a read
    /// just takes a connection.
    static void assertAllPutOffInTime(Http http) {
        assertPutOffInTime(
                IntStream.range(0, 20)
                        .mapToObj(i -> http.start(i % 2 == 0 ? http.request(THING) : make(http)))
                        .toList());
    }

    private static HttpRequest.Builder make(Http http) {
        return http.request("/api/v1/things", "Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\": \"outage\", \"quantity\": 1}"));
    }

    /// From now on, whenever they were sent.
    static void assertPutOffInTime(List<CompletableFuture<Http.Answer>> answers) {
        long start = System.nanoTime();
        for (var answer : answers) {
            assertThat(answer.join().status()).isEqualTo(503);
            assertThat(answer.join().header("Retry-After")).isEqualTo("1");
            Http.Answer.assertLeaksNothing(answer.join().body());
        }
        IN_TIME.judge(Duration.ofNanos(System.nanoTime() - start));
    }
}
