package io.eventshop.web.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes every problem, wherever it was raised: from controllers, filters, the error page and
/// Tomcat itself. It asks for no `Accept` header: a client that cannot read problems is told its
/// status all the same.
final class ProblemWriter {

    /// With the fields in the order in which people read them.
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
                    .build();

    private ProblemWriter() {}

    /// Keeps the headers that are set already, e.g. the correlation id, and drops what was written
    /// of a body. A response that has begun to travel cannot be mended and is left as it is.
    ///
    /// @param path of the request, if it is known
    static void write(Problem problem, @Nullable String path, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.getStatusCode().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        problem.getHeaders().toSingleValueMap().forEach(response::setHeader);
        if (path != null) {
            setInstance(problem.getBody(), path);
        }
        byte[] body = JSON.writeValueAsBytes(problem.getBody());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    /// A path may be one for Tomcat and no URI, e.g. `//`.
    private static void setInstance(ProblemDetail body, String path) {
        try {
            body.setInstance(URI.create(path));
        } catch (IllegalArgumentException _) {
            body.setProperty("instance", path);
        }
    }
}
