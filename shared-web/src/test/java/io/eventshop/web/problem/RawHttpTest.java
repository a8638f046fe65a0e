package io.eventshop.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.web.app.Http;
import io.eventshop.web.app.WebTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/// What no HTTP client would send, and what never reaches a filter.
@WebTest
class RawHttpTest {

    private static final String HOST = "Host: here\r\n";
    private static final String POST =
            "POST /api/v1/things HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\n";

    @Autowired Http http;

    record Broken(String what, String bytes) {

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Broken> broken_requests() {
        return Stream.of(
                new Broken("no HTTP at all", "hello\r\n\r\n"),
                new Broken("a forbidden character in the path", get("/api/v1/<script>")),
                new Broken("a backslash in the path", get("/api\\v1")),
                new Broken("an encoded slash", get("/api/v1/things/%2F")),
                new Broken("a broken escape in the path", get("/api/v1/things/%zz")),
                new Broken("a path that climbs out", get("/../../etc/passwd")),
                new Broken("two hosts", "GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n"),
                new Broken("no host", "GET / HTTP/1.1\r\n\r\n"),
                new Broken("a host that is none", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
                new Broken("a header without a name", "GET / HTTP/1.1\r\n" + HOST + ": x\r\n\r\n"),
                new Broken(
                        "a header that is too large",
                        "GET / HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(20_000) + "\r\n\r\n"),
                new Broken("a path that is too long", get("/" + "x".repeat(20_000))),
                new Broken(
                        "more parameters than anybody needs",
                        get("/api/v1/things?" + "a=1&".repeat(100))),
                new Broken("two lengths", POST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{"),
                new Broken("a negative length", POST + "Content-Length: -1\r\n\r\n"),
                new Broken("a length that is no number", POST + "Content-Length: x\r\n\r\n"),
                new Broken("an unknown transfer coding", POST + "Transfer-Encoding: x\r\n\r\n"),
                new Broken(
                        "a chunk without a length",
                        POST + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n"),
                new Broken(
                        "a body that is announced as too large",
                        POST + "Content-Length: 99999999\r\n\r\n"),
                new Broken(
                        "a body that never ends",
                        POST
                                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                                + "4000\r\n%s\r\n".formatted(" ".repeat(0x4000)).repeat(6)
                                + "0\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("broken_requests")
    void a_broken_request_is_answered_by_a_problem(Broken broken) {
        String answer = http.raw(broken.bytes);

        assertThat(answer).matches("(?s)HTTP/1.1 (4\\d\\d|501) .*");
        assertThat(answer).contains("application/problem+json").contains("\"/problems/");
        Http.Answer.assertLeaksNothing(answer);
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";
    }
}
