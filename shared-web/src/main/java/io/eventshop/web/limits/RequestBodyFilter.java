package io.eventshop.web.limits;

import io.eventshop.web.WebProperties;
import io.eventshop.web.problem.CommonProblem;
import io.eventshop.web.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.servlet.FilterRegistration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/// Reads the whole body before the request may take a place, so that a slow client holds nobody up;
/// the deadline for it is in [PromptHttp11Processor].
///
/// Refuses bodies that are too large: at once where the length is announced, otherwise (chunked) as
/// soon as too much was read. Refuses packed bodies, too, for a small one can unpack into a huge
/// one, and every charset but UTF-8, which is the only one of JSON.
///
/// Bodies are held until their requests end. All of them together have 16 MB, which is counted as
/// they arrive: what is only announced takes none of it. Beyond it requests with a body get 503,
/// those without one go on.
@FilterRegistration(order = LimitsConfiguration.AFTER_PROBLEMS + 1)
final class RequestBodyFilter extends OncePerRequestFilter {

    private static final int ALL_BYTES_MAX = 16 * 1024 * 1024;
    private static final int READ_SIZE = 1024;

    private final int bytesMax;
    private final Semaphore freeBytes;

    @Autowired
    RequestBodyFilter(WebProperties properties) {
        this(properties, ALL_BYTES_MAX);
    }

    RequestBodyFilter(WebProperties properties, int allBytesMax) {
        this.bytesMax = Math.toIntExact(properties.bodySizeMax().toBytes());
        this.freeBytes = new Semaphore(allBytesMax);
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
        var body = new ByteArrayOutputStream();
        try {
            read(request.getInputStream(), body);
            chain.doFilter(new ReceivedRequest(request, body.toByteArray()), response);
        } finally {
            freeBytes.release(body.size());
        }
    }

    private void read(InputStream stream, ByteArrayOutputStream body) throws IOException {
        byte[] part = new byte[READ_SIZE];
        for (int read = stream.read(part); read >= 0; read = stream.read(part)) {
            if (body.size() + read > bytesMax) {
                throw tooLarge();
            }
            if (!freeBytes.tryAcquire(read)) {
                throw Problem.of(CommonProblem.OVERLOADED)
                        .detail("Too many bodies of other requests are being held.")
                        .retryLater();
            }
            body.write(part, 0, read);
        }
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
