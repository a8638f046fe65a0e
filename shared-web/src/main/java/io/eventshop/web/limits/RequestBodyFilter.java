package io.eventshop.web.limits;

import io.eventshop.web.WebProperties;
import io.eventshop.web.problem.CommonProblem;
import io.eventshop.web.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingRequestWrapper;

/// Refuses bodies that are too large: at once where the length is announced, otherwise (chunked) as
/// soon as too much was read. Refuses packed bodies, too, for a small one can unpack into a huge
/// one, and every charset but UTF-8, which is the only one of JSON.
///
/// The limit holds for every way to read: as bytes, as lines, as text. What was read is kept until
/// the request ends, so a request costs twice the limit at most. The refusal is thrown once: a
/// reader that swallows it and reads on is not stopped again.
@FilterRegistration(order = LimitsConfiguration.AFTER_PROBLEMS + 2)
final class RequestBodyFilter extends OncePerRequestFilter {

    private final int bytesMax;

    RequestBodyFilter(WebProperties properties) {
        this.bytesMax = Math.toIntExact(properties.bodySizeMax().toBytes());
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > bytesMax) {
            throw tooLarge();
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
            throw unsupported("Bodies are read as they are, without compression.");
        }
        MediaType type = mediaType(request.getContentType());
        // Spring takes a type with a wildcard for a mistake of the server's.
        if (type != null && !type.isConcrete()) {
            throw unsupported("A body has one type.");
        }
        if (type != null
                && type.getCharset() != null
                && !type.getCharset().equals(StandardCharsets.UTF_8)) {
            throw unsupported("Bodies are read as UTF-8.");
        }
        var bounded =
                new ContentCachingRequestWrapper(request, bytesMax) {
                    // Whatever Spring's own filter is set to; all others are refused above.
                    @Override
                    public String getCharacterEncoding() {
                        return StandardCharsets.UTF_8.name();
                    }

                    @Override
                    protected void handleContentOverflow(int limit) {
                        throw tooLarge();
                    }
                };
        chain.doFilter(bounded, response);
    }

    private Problem tooLarge() {
        return Problem.of(CommonProblem.CONTENT_TOO_LARGE)
                .detail("A request body has at most " + bytesMax + " bytes.");
    }

    private static Problem unsupported(String detail) {
        return Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE).detail(detail);
    }

    /// By the header itself: the request's own encoding has been overruled by Spring's filter. A
    /// type that cannot be read is left to MVC, which refuses it, too.
    private static @Nullable MediaType mediaType(@Nullable String contentType) {
        try {
            return contentType == null ? null : MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException _) {
            return null;
        }
    }
}
