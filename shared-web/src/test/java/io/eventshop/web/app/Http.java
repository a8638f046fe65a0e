package io.eventshop.web.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the service under test.
@Lazy
public class Http {

    /// For what never answers; what must be answered in time is judged elsewhere.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    Http(@Value("${local.server.port}") int port) {
        this.port = port;
    }

    public int port() {
        return port;
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public Answer post(String path, String json, String... headers) {
        return send(
                request(path, headers)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    public Answer send(HttpRequest.Builder request) {
        return start(request).join();
    }

    public CompletableFuture<Answer> start(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(Answer::new);
    }

    public HttpRequest.Builder request(String path, String... headers) {
        var request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .timeout(PATIENCE);
        return headers.length == 0 ? request : request.headers(headers);
    }

    /// Writes these very bytes and reads until the server closes.
    public String raw(String bytes) {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() {
            return JSON.readTree(body());
        }

        /// Asserts that this is a problem document of that kind, which tells nothing that it should
        /// not.
        public JsonNode problem(int status, String slug) {
            assertThat(body()).isNotEmpty();
            assertThat(header("Content-Type")).startsWith("application/problem+json");
            JsonNode problem = json();
            assertThat(problem.path("type").asString()).as(body()).isEqualTo("/problems/" + slug);
            assertThat(status()).as(body()).isEqualTo(status);
            assertThat(problem.path("status").asInt()).isEqualTo(status);
            assertThat(problem.path("title").asString()).isNotBlank();
            assertLeaksNothing(body());
            return problem;
        }

        public static void assertLeaksNothing(String body) {
            assertThat(body)
                    .doesNotContain(Things.SECRET)
                    .doesNotContainIgnoringCase("exception")
                    .doesNotContain("io.eventshop", "org.springframework", "java.lang", "tools.")
                    .doesNotContainIgnoringCase("tomcat")
                    .doesNotContain("\tat ", "select ", "<html");
        }
    }
}
