package io.eventshop.web.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.web.WebProperties;
import io.eventshop.web.app.Http;
import io.eventshop.web.app.WebTest;
import io.eventshop.web.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

/// A body whose length was not announced is bounded where it is read, however it is read.
@WebTest
class RequestBodyFilterTest {

    private static final int BYTES_MAX = 100;

    private final RequestBodyFilter filter = new RequestBodyFilter(limitedTo(BYTES_MAX));

    @Autowired Http http;

    enum Reading {
        ALL_BYTES_AT_ONCE(request -> {
            var _ = request.getInputStream().readAllBytes();
        }),
        BYTE_BY_BYTE(request -> {
            var body = request.getInputStream();
            while (body.read() >= 0) {}
        }),
        BY_ARRAYS(request -> {
            var body = request.getInputStream();
            while (body.read(new byte[7]) >= 0) {}
        }),
        BY_PARTS_OF_AN_ARRAY(request -> {
            var body = request.getInputStream();
            while (body.read(new byte[9], 1, 7) >= 0) {}
        }),
        BY_BUFFERS(request -> {
            var body = request.getInputStream();
            while (body.read(ByteBuffer.allocate(7)) >= 0) {}
        }),
        LINE_BY_LINE(request -> {
            var body = request.getInputStream();
            while (body.readLine(new byte[7], 0, 7) >= 0) {}
        }),
        BY_SKIPPING(request -> request.getInputStream().skipNBytes(BYTES_MAX + 1)),
        BY_TRANSFER(request -> {
            var _ = request.getInputStream().transferTo(OutputStream.nullOutputStream());
        }),
        A_STREAM_TWICE(request -> {
            var _ = request.getInputStream().readNBytes(BYTES_MAX / 2);
            var _ = request.getInputStream().readAllBytes();
        }),
        AS_TEXT(request -> {
            var _ = request.getReader().transferTo(Writer.nullWriter());
        }),
        AS_LINES_OF_TEXT(request -> {
            var _ = request.getReader().lines().count();
        });

        @SuppressWarnings("ImmutableEnumChecker") // a piece of code
        private final Body body;

        Reading(Body body) {
            this.body = body;
        }
    }

    interface Body {
        void read(HttpServletRequest request) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void a_body_of_unknown_length_is_bounded_however_it_is_read(Reading reading) {
        assertThatThrownBy(() -> read(BYTES_MAX + 1, reading))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.slug()).isEqualTo("content-too-large"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BY_SKIPPING")
    void a_body_that_is_just_as_large_as_the_limit_is_read(Reading reading) {
        assertThatCode(() -> read(BYTES_MAX, reading)).doesNotThrowAnyException();
    }

    /// The parameters of a form are read by Tomcat itself.
    @Test
    void a_form_is_bounded_too() {
        byte[] form = ("hold=" + "x".repeat(65 * 1024)).getBytes(StandardCharsets.UTF_8);
        var request =
                http.request("/api/v1/things", "Content-Type", "application/x-www-form-urlencoded")
                        .version(HttpClient.Version.HTTP_1_1)
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(form)));

        var _ = http.send(request).problem(413, "content-too-large");
    }

    @Test
    void text_without_a_charset_is_utf_8() throws Exception {
        var request = new MockHttpServletRequest("POST", "/");
        request.setContent("\u00e4".getBytes(StandardCharsets.UTF_8));

        filter.doFilter(
                request,
                new MockHttpServletResponse(),
                (body, _) -> assertThat(body.getReader().readLine()).isEqualTo("\u00e4"));
    }

    @Test
    void bodies_beyond_the_memory_for_all_of_them_are_refused_until_there_is_room()
            throws Exception {
        var filter = new RequestBodyFilter(limitedTo(BYTES_MAX), BYTES_MAX + BYTES_MAX / 2);

        filter.doFilter(
                request(BYTES_MAX),
                new MockHttpServletResponse(),
                (_, _) -> {
                    assertThatThrownBy(() -> pass(filter, request(BYTES_MAX)))
                            .isInstanceOfSatisfying(
                                    Problem.class,
                                    problem -> assertThat(problem.slug()).isEqualTo("overloaded"));
                    assertThatCode(() -> pass(filter, request(BYTES_MAX / 2)))
                            .as("what was refused holds nothing")
                            .doesNotThrowAnyException();
                    assertThatCode(() -> pass(filter, request(0))).doesNotThrowAnyException();
                });

        assertThatCode(() -> pass(filter, request(BYTES_MAX))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1L << 31})
    void a_limit_that_is_none_ends_the_start(long bytes) {
        assertThatThrownBy(() -> limitedTo(bytes))
                .hasMessageContaining("eventshop.web.body-size-max is " + bytes + "B");
    }

    private static WebProperties limitedTo(long bytes) {
        return new WebProperties(
                DataSize.ofBytes(bytes), 0, Duration.ZERO, Duration.ZERO, Duration.ofDays(1));
    }

    private void read(int bytes, Reading reading) throws Exception {
        filter.doFilter(
                request(bytes),
                new MockHttpServletResponse(),
                (bounded, _) -> reading.body.read((HttpServletRequest) bounded));
    }

    private static void pass(RequestBodyFilter filter, HttpServletRequest request)
            throws Exception {
        filter.doFilter(request, new MockHttpServletResponse(), (_, _) -> {});
    }

    private static MockHttpServletRequest request(int bytes) {
        var request =
                new MockHttpServletRequest("POST", "/") {
                    @Override
                    public long getContentLengthLong() {
                        return -1;
                    }
                };
        request.setContent(" ".repeat(bytes).getBytes(StandardCharsets.UTF_8));
        return request;
    }
}
