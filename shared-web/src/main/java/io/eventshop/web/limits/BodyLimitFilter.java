package io.eventshop.web.limits;

import io.eventshop.web.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses bodies that are too large: at once where the length is announced, otherwise (chunked) as
/// soon as too much was read. Refuses encoded bodies, too: a small one can unpack into a huge one.
final class BodyLimitFilter extends OncePerRequestFilter {

    private final long bytesMax;

    BodyLimitFilter(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > bytesMax) {
            throw tooLarge(bytesMax).exception();
        }
        if (isEncoded(request.getHeader(HttpHeaders.CONTENT_ENCODING))) {
            throw Problem.of(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "unsupported-content-encoding",
                            "Bodies are read as they are, without compression")
                    .exception();
        }
        chain.doFilter(new BoundedBody(request, bytesMax), response);
    }

    static Problem tooLarge(long bytesMax) {
        return Problem.of(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "content-too-large",
                        "The request body is too large")
                .detail("A request body has at most " + bytesMax + " bytes.");
    }

    private static boolean isEncoded(@Nullable String encoding) {
        return encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity");
    }
}
