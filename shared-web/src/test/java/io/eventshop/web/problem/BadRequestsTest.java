package io.eventshop.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.web.app.Http;
import io.eventshop.web.app.WebTest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@WebTest
class BadRequestsTest {

    private static final String TYPED = "{\"name\": \"typed\", \"quantity\": 1}";

    @Autowired Http http;
    @Autowired JdbcClient jdbc;

    /// A body, what it is answered with, and where it is said to be wrong.
    record BadBody(String body, int status, String slug, String pointer) {}

    static Stream<BadBody> bad_bodies() {
        return Stream.of(
                malformed("{"),
                malformed("{\"name\": \"a\", \"quantity\": 1"),
                malformed("{\"name\": \"a\" \"quantity\": 1}"),
                malformed("{name: \"a\", \"quantity\": 1}"),
                malformed("{'name': 'a', 'quantity': 1}"),
                malformed("{\"name\": \"a\", \"quantity\": 1,}"),
                malformed("{\"name\": \"a\", \"quantity\": 01}"),
                malformed("{\"name\": \"a\", \"quantity\": NaN}"),
                malformed("{\"name\": \"a\", \"quantity\": 1} // and so on"),
                malformed("{\"name\": \"a\u0001\", \"quantity\": 1}"),
                malformed("{\"name\": \"a\nb\", \"quantity\": 1}"),
                malformed("{\"name\": \"a\", \"name\": \"b\", \"quantity\": 1}"),
                malformed("<thing/>"),
                malformed("{\"name\": \"" + "x".repeat(5000) + "\", \"quantity\": 1}"),
                wrongType("{\"parts\": " + "[".repeat(100) + "]".repeat(100) + "}", "/parts/0"),
                malformed("{\"name\": \"a\", \"quantity\": " + "9".repeat(1000) + "}"),
                new BadBody("", 400, "missing-body", ""),
                new BadBody("null", 400, "missing-body", ""),
                wrongType("{\"name\": \"a\", \"quantity\": 1} {}", ""),
                wrongType("  ", ""),
                wrongType("[]", ""),
                wrongType("\"thing\"", ""),
                wrongType("\"\"", ""),
                wrongType("7", ""),
                wrongType("[{\"name\": \"a\", \"quantity\": 1}]", ""),
                wrongType("{\"name\": 5, \"quantity\": 1}", "/name"),
                wrongType("{\"name\": true, \"quantity\": 1}", "/name"),
                wrongType("{\"name\": 1.5, \"quantity\": 1}", "/name"),
                wrongType("{\"name\": {}, \"quantity\": 1}", "/name"),
                wrongType("{\"name\": [], \"quantity\": 1}", "/name"),
                wrongType("{\"name\": [\"a\"], \"quantity\": 1}", "/name"),
                wrongType("{\"name\": \"a\", \"quantity\": \"1\"}", "/quantity"),
                wrongType("{\"name\": \"a\", \"quantity\": \"\"}", "/quantity"),
                wrongType("{\"name\": \"a\", \"quantity\": 1.5}", "/quantity"),
                wrongType("{\"name\": \"a\", \"quantity\": 1.0}", "/quantity"),
                wrongType("{\"name\": \"a\", \"quantity\": true}", "/quantity"),
                wrongType("{\"name\": \"a\", \"quantity\": 3000000000}", "/quantity"),
                wrongType("{\"name\": \"a\", \"quantity\": 1e3}", "/quantity"),
                wrongType("{\"name\": \"a\", \"quantity\": 1, \"kind\": \"HUGE\"}", "/kind"),
                wrongType("{\"name\": \"a\", \"quantity\": 1, \"kind\": \"small\"}", "/kind"),
                wrongType("{\"name\": \"a\", \"quantity\": 1, \"kind\": 0}", "/kind"),
                wrongType("{\"name\": \"a\", \"quantity\": 1, \"kind\": \"\"}", "/kind"),
                wrongType("{\"name\": \"a\", \"quantity\": 1, \"urgent\": \"true\"}", "/urgent"),
                wrongType("{\"name\": \"a\", \"quantity\": 1, \"urgent\": 1}", "/urgent"),
                wrongType("{\"name\": \"a\", \"quantity\": 1, \"parts\": {}}", "/parts"),
                wrongType("{\"name\": \"a\", \"quantity\": 1, \"parts\": \"\"}", "/parts"),
                wrongType("{\"parts\": [{\"sku\": \"A\"}, {\"sku\": 7}]}", "/parts/1/sku"),
                unknownField("{\"name\": \"a\", \"quantity\": 1, \"colour\": \"red\"}", "/colour"),
                unknownField("{\"Name\": \"a\", \"quantity\": 1}", "/Name"),
                unknownField("{\"a/b~c\": 1}", "/a~1b~0c"),
                unknownField("{\"parts\": [{\"sku\": \"A\", \"price\": 1}]}", "/parts/0/price"),
                invalid("{}", "/name"),
                invalid("{\"name\": null, \"quantity\": 1}", "/name"),
                invalid("{\"name\": \"\", \"quantity\": 1}", "/name"),
                invalid("{\"name\": \"  \", \"quantity\": 1}", "/name"),
                invalid("{\"name\": \"a\\u0000b\", \"quantity\": 1}", "/name"),
                invalid("{\"name\": \"a\\nb\", \"quantity\": 1}", "/name"),
                invalid("{\"name\": \"a\\u202Eb\", \"quantity\": 1}", "/name"),
                invalid("{\"name\": \"a\\ud800\", \"quantity\": 1}", "/name"),
                invalid("{\"name\": \"" + "x".repeat(41) + "\", \"quantity\": 1}", "/name"),
                invalid("{\"name\": \"a\", \"quantity\": 0}", "/quantity"),
                invalid("{\"name\": \"a\", \"quantity\": -1}", "/quantity"),
                invalid("{\"name\": \"a\", \"quantity\": 1001}", "/quantity"),
                invalid("{\"name\": \"a\", \"quantity\": 1, \"parts\": [null]}", "/parts/0"),
                invalid("{\"name\": \"a\", \"quantity\": 1, \"parts\": [{}]}", "/parts/0/sku"),
                invalid(
                        "{\"name\": \"a\", \"quantity\": 1, \"parts\": [{\"sku\": \"\\t\"}]}",
                        "/parts/0/sku"),
                invalid(
                        "{\"name\": \"a\", \"quantity\": 1, \"notes\": {\"k\": \"too long\"}}",
                        "/notes/k"));
    }

    @ParameterizedTest
    @MethodSource("bad_bodies")
    void a_bad_body_is_refused_with_the_place(BadBody bad) {
        var answer = http.post("/api/v1/things", bad.body);

        var problem = answer.problem(bad.status, bad.slug);
        assertThat(problem.path("instance").asString()).isEqualTo("/api/v1/things");
        if (bad.slug.equals("malformed-json") || bad.slug.equals("missing-body")) {
            assertThat(problem.has("errors")).isFalse();
        } else {
            assertThat(problem.path("errors").valueStream())
                    .anySatisfy(error -> {
                        assertThat(error.path("pointer").asString()).isEqualTo(bad.pointer);
                        assertThat(error.path("detail").asString()).isNotBlank();
                    });
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "GET,    /api/v1/nothing,                       404, not-found,             -",
                "GET,    /,                                     404, not-found,             -",
                "GET,    /error,                                404, not-found,             -",
                "GET,    /actuator/health,                      404, not-found,             -",
                "GET,    /api/v1/things/7,                      400, invalid-parameter,     id",
                "GET,    /api/v1/things/%00,                    400, bad-request,           -",
                "GET,    /api/v1/things/5e4d2f8a-0000-7000-8000-000000000000, 404, not-found, -",
                "GET,    /api/v1/things?limit=0,                400, invalid-parameter,     limit",
                "GET,    /api/v1/things?limit=,                 400, invalid-parameter,     limit",
                "GET,    /api/v1/things?limit=5&limit=6,        400, invalid-parameter,     limit",
                "GET,    /api/v1/things?limit=-1,               400, invalid-parameter,     limit",
                "GET,    /api/v1/things?limit=101,              400, invalid-parameter,     limit",
                "GET,    /api/v1/things?limit=ten,              400, invalid-parameter,     limit",
                "GET,    /api/v1/things?limit=99999999999999,   400, invalid-parameter,     limit",
                "GET,    /api/v1/things?limit=%2B5,             400, invalid-parameter,     limit",
                "GET,    /api/v1/things?cursor=,                400, invalid-cursor,        cursor",
                "GET,    /api/v1/things?cursor=abc,             400, invalid-cursor,        cursor",
                "GET,    /api/v1/things?cursor=%00,             400, invalid-cursor,        cursor",
                "GET,    /api/v1/things?limit=%zz,              400, bad-request,           -",
                "GET,    /api/v1/numbered/1,                    400, invalid-parameter,     kind",
                "GET,    /api/v1/numbered/1?kind=HUGE,          400, invalid-parameter,     kind",
                "GET,    /api/v1/numbered/x?kind=SMALL,         400, invalid-parameter,     n",
                "GET,    /api/v1/numbered/10?kind=SMALL,        400, invalid-parameter,     n",
                "DELETE, /api/v1/things,                        405, method-not-allowed,    -",
                "PATCH,  /api/v1/things,                        405, method-not-allowed,    -",
                "TRACE,  /api/v1/things,                        405, method-not-allowed,    -",
                "BREW,   /api/v1/things,                        405, method-not-allowed,    -",
            })
    void a_bad_call_is_refused(
            String method, String path, int status, String slug, String parameter) {
        var answer =
                path.contains("%zz") || method.equals("TRACE")
                        ? null
                        : http.send(http.request(path).method(method, BodyPublishers.noBody()));

        if (answer == null) {
            String raw =
                    http.raw(
                            "%s %s HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
                                    .formatted(method, path));
            assertThat(raw)
                    .startsWith("HTTP/1.1 " + status)
                    .contains("application/problem+json")
                    .contains("/problems/" + slug);
            Http.Answer.assertLeaksNothing(raw);
        } else {
            var problem = answer.problem(status, slug);
            if (parameter != null) {
                assertThat(problem.at("/errors/0/parameter").asString()).isEqualTo(parameter);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%20", "%20SMALL", "%00", "small", "0"})
    void a_parameter_that_is_not_exactly_one_of_its_values_is_refused(String kind) {
        var _ = http.get("/api/v1/numbered/1?kind=" + kind).problem(400, "invalid-parameter");
    }

    @Test
    void a_body_in_another_charset_is_refused_whatever_its_type_says() {
        var request =
                http.request("/api/v1/things", "Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(TYPED, StandardCharsets.UTF_16));

        var _ = http.send(request).problem(400, "malformed-json");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "text/plain,                       -,      -,                415",
                "application/xml,                  -,      -,                415",
                "application/x-www-form-urlencoded,-,      -,                415",
                "multipart/form-data;boundary=x,   -,      -,                415",
                "application/json;charset=latin1,  -,      -,                415",
                "no-media-type,                    -,      -,                415",
                "*/*,                              -,      -,                415",
                "application/*+json,               -,      -,                415",
                "-,                                -,      -,                415",
                "application/json,                 gzip,   -,                415",
                "application/json,                 -,      application/xml,  406",
                "application/json,                 -,      image/png,        406",
                "application/json,                 -,      not a type,       406",
                "application/json,                 -,      application/json;q=0, 406",
            })
    void a_content_type_that_is_not_spoken_is_refused(
            String type, String encoding, String accept, int status) {
        var request = http.request("/api/v1/things").POST(BodyPublishers.ofString(TYPED));
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (encoding != null) {
            request.header("Content-Encoding", encoding);
        }
        if (accept != null) {
            request.header("Accept", accept);
        }

        var answer = http.send(request);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        Http.Answer.assertLeaksNothing(answer.body());
        assertThat(
                        jdbc.sql("select count(*) from thing where name = 'typed'")
                                .query(Integer.class)
                                .single())
                .as("a refused request has had no effect")
                .isZero();
    }

    @Test
    void a_body_that_is_no_utf8_is_refused() {
        byte[] body =
                "{\"name\": \"\u00e4\", \"quantity\": 1}".getBytes(StandardCharsets.ISO_8859_1);

        var answer =
                http.send(
                        http.request("/api/v1/things", "Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(body)));

        assertThat(answer.problem(400, "malformed-json").path("detail").asString())
                .contains("UTF-8");
    }

    @Test
    void a_body_that_is_too_large_is_refused_with_and_without_its_length_announced() {
        byte[] body = " ".repeat(65 * 1024).getBytes(StandardCharsets.UTF_8);
        var announced = BodyPublishers.ofByteArray(body);
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));

        for (var publisher : List.of(announced, chunked)) {
            var request =
                    http.request("/api/v1/things", "Content-Type", "application/json")
                            .version(HttpClient.Version.HTTP_1_1)
                            .POST(publisher);
            var _ = http.send(request).problem(413, "content-too-large");
        }
    }

    @Test
    void many_mistakes_are_told_at_once() {
        var problem =
                http.post("/api/v1/things", "{\"quantity\": 0}").problem(422, "invalid-request");

        assertThat(problem.path("errors").size()).isEqualTo(2);
    }

    @Test
    void what_may_be_used_instead_is_said_in_the_header() {
        assertThat(http.send(http.request("/api/v1/things").DELETE()).header("Allow"))
                .contains("GET", "POST");
    }

    private static BadBody malformed(String body) {
        return new BadBody(body, 400, "malformed-json", "");
    }

    private static BadBody wrongType(String body, String pointer) {
        return new BadBody(body, 400, "wrong-type", pointer);
    }

    private static BadBody unknownField(String body, String pointer) {
        return new BadBody(body, 400, "unknown-field", pointer);
    }

    private static BadBody invalid(String body, String pointer) {
        return new BadBody(body, 422, "invalid-request", pointer);
    }
}
