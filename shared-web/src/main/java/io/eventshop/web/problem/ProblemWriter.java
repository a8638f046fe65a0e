package io.eventshop.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes every problem, wherever it was raised: from controllers, filters, the error page and
/// Tomcat itself. It asks for no `Accept` header: a client that cannot read problems is told its
/// status all the same.
final class ProblemWriter {

    private static final JsonMapper JSON =
            JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

    private ProblemWriter() {}

    /// Keeps the headers that are set already, e.g. the correlation id, and drops what was written
    /// of a body. A response that has begun to travel cannot be mended and is left as it is.
    ///
    /// @param instance the path of the request, if it is known
    static void write(Problem problem, @Nullable String instance, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (problem.retryAfter() != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, wholeSeconds(problem.retryAfter()));
        }
        byte[] body = body(problem, instance);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    static byte[] body(Problem problem, @Nullable String instance) {
        return JSON.writeValueAsBytes(
                new Document(
                        "/problems/" + problem.slug(),
                        problem.title(),
                        problem.status().value(),
                        problem.detail(),
                        instance,
                        problem.errors()));
    }

    static HttpStatus statusOf(int code) {
        HttpStatus status = HttpStatus.resolve(code);
        return status != null && status.isError() ? status : HttpStatus.INTERNAL_SERVER_ERROR;
    }

    private static String wholeSeconds(Duration wait) {
        return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
    }

    /// RFC 9457, in the order in which people read it.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Document(
            String type,
            String title,
            int status,
            @Nullable String detail,
            @Nullable String instance,
            List<Problem.Flaw> errors) {}
}
