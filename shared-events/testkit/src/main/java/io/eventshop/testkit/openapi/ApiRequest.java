package io.eventshop.testkit.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A request for an operation, in the making.
public final class ApiRequest {

    private final ApiOperation operation;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, String> query = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String method;
    private byte @Nullable [] body;

    public ApiRequest(ApiOperation operation) {
        this.operation = operation;
        this.method = operation.method();
    }

    public ApiOperation operation() {
        return operation;
    }

    public void set(ApiParameter parameter, String value) {
        switch (parameter.in()) {
            case "path" -> variables.put(parameter.name(), encode(value));
            case "query" -> query.put(encode(parameter.name()), encode(value));
            default -> headers.put(parameter.name(), value);
        }
    }

    public void header(String name, String value) {
        headers.put(name, value);
    }

    public void method(String other) {
        method = other;
    }

    public void body(byte[] bytes) {
        body = bytes;
        headers.putIfAbsent("Content-Type", "application/json");
    }

    public String body() {
        return body == null ? "" : new String(body, UTF_8);
    }

    HttpRequest at(URI base) {
        var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        var request = HttpRequest.newBuilder(base.resolve(target())).method(method, publisher);
        headers.forEach(request::header);
        return request.build();
    }

    private String target() {
        String path = operation.path();
        for (var variable : variables.entrySet()) {
            path = path.replace("{" + variable.getKey() + "}", variable.getValue());
        }
        String joined =
                query.entrySet().stream().map(Object::toString).collect(Collectors.joining("&"));
        return joined.isEmpty() ? path : path + "?" + joined;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "%s %s %s %s".formatted(method, target(), headers, body());
    }
}
