package io.eventshop.testkit.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.testkit.CommittedFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// A running service and the OpenAPI document that it serves: each is held against the other.
public final class ServedApi {

    private static final String DOCUMENT = "/v3/api-docs";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final JsonNode document;
    private final ApiSchemas schemas;
    private final ApiSchemas answers;

    /// @param port the service's public port on this machine
    public ServedApi(int port) {
        this.base = URI.create("http://localhost:" + port);
        this.document = ApiSchemas.JSON.readTree(get(DOCUMENT).body());
        this.schemas = new ApiSchemas(document);
        this.answers = new ApiSchemas(ApiSchemas.closed(document));
    }

    /// Fails if `openapi.yaml` at the top of the service is not the document that it serves.
    public void assertCommitted() {
        new CommittedFile("openapi.yaml").assertSays(get(DOCUMENT + ".yaml").body());
    }

    /// A request for each example of each operation.
    ///
    /// @param known values for parameters that have no example, because the thing that they name
    ///   has to be made first
    public List<ApiRequest> examples(Map<String, String> known) {
        return operations().stream()
                .flatMap(operation -> ApiExamples.of(operation, schemas, known).stream())
                .toList();
    }

    public HttpResponse<String> send(ApiRequest request) {
        return send(request.at(base));
    }

    /// Fails unless this answer is one that the document tells of.
    public void assertDocumented(ApiRequest request, HttpResponse<String> answer) {
        int status = answer.statusCode();
        String body = answer.body();
        assertThat(status).as("a failure: %s", body).isLessThan(500);
        JsonNode content = answers.resolve(request.operation().response(status)).path("content");
        if (content.isEmpty()) {
            assertThat(body).as("the body of a %d", status).isEmpty();
            return;
        }
        String type =
                answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        assertThat(content.propertyNames()).as("types of a %d: %s", status, body).contains(type);
        JsonNode schema = content.get(type).path("schema");
        assertThat(schema.isObject()).as("%d has a schema", status).isTrue();
        assertThat(answers.errors(schema, body)).as(body).isEmpty();
        if (status >= 400) {
            assertThat(type).isEqualTo("application/problem+json");
            JsonNode problem = ApiSchemas.JSON.readTree(body);
            assertThat(problem.get("status").asInt()).isEqualTo(status);
            assertThat(problem.get("type").asString()).matches("/problems/[a-z-]+");
            assertThat(problem.get("title").asString()).isNotBlank();
        }
    }

    public List<ApiOperation> operations() {
        return ApiOperation.all(document);
    }

    public ApiSchemas schemas() {
        return schemas;
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.sendAsync(request, BodyHandlers.ofString()).get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(request + " got no answer", e);
        }
    }
}
