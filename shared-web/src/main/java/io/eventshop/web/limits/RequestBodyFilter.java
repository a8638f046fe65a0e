package io.eventshop.web.limits;

import io.eventshop.web.problem.CommonProblem;
import io.eventshop.web.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses bodies that are too large: at once where the length is announced, otherwise (chunked) as
/// soon as too much was read. Refuses packed bodies, too, for a small one can unpack into a huge
/// one, and every charset but UTF-8, which is the only one of JSON.
final class RequestBodyFilter extends OncePerRequestFilter {

    private final long bytesMax;

    RequestBodyFilter(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > bytesMax) {
            throw tooLarge(bytesMax);
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
        if (type != null && isForeign(type.getCharset())) {
            throw unsupported("Bodies are read as UTF-8.");
        }
        chain.doFilter(new BoundedBody(request, bytesMax), response);
    }

    static Problem tooLarge(long bytesMax) {
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

    private static boolean isForeign(@Nullable Charset charset) {
        return charset != null && !charset.equals(StandardCharsets.UTF_8);
    }
}
