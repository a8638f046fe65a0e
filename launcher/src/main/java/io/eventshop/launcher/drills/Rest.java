package io.eventshop.launcher.drills;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Requests to the services, one attempt each.
final class Rest implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_WITHIN)
                    .build();

    record Answer(int status, JsonNode body) {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static URI at(int port, String path) {
        return URI.create("http://localhost:" + port + path);
    }

    /// @throws IOException if the answer is no 2xx
    JsonNode get(URI uri) throws IOException, InterruptedException {
        return ok(send("GET", uri, ""));
    }

    /// @throws IOException if the answer is no 2xx
    JsonNode change(String method, URI uri, String body) throws IOException, InterruptedException {
        return ok(send(method, uri, body));
    }

    private static JsonNode ok(Answer answer) throws IOException {
        if (answer.status() / 100 != 2) {
            throw new IOException("answered %d: %s".formatted(answer.status(), answer.body()));
        }
        return answer.body();
    }

    /// @param headers names and values in turn
    Answer send(String method, URI uri, String body, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(uri)
                        .timeout(ANSWER_WITHIN)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.body().isEmpty()
                        ? JSON.createObjectNode()
                        : JSON.readTree(response.body()));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
