package io.eventshop.web.headers;

import io.eventshop.messaging.Correlation;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.boot.web.servlet.FilterRegistration;
import org.springframework.core.Ordered;
import org.springframework.util.IdGenerator;
import org.springframework.web.filter.OncePerRequestFilter;

/// Names the flow that a request sets off, once, at the edge: by `X-Correlation-Id` if the client
/// sent a usable one, otherwise by a new id. It is echoed in every answer, stands in every log line
/// and is copied into every event.
///
/// Behind the filter that opens the trace, and before those that write problems.
///
/// An unusable id is replaced, not refused: it is a label, and nobody's order should fail for it.
@FilterRegistration(order = Ordered.HIGHEST_PRECEDENCE + 10)
public final class CorrelationFilter extends OncePerRequestFilter {

    public static final String HEADER = "X-Correlation-Id";

    static final String MDC_KEY = "correlationId";

    /// Short, and of characters that mean nothing to a log, a shell or a header.
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private final IdGenerator ids;

    CorrelationFilter(IdGenerator ids) {
        this.ids = ids;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = correlationId(request.getHeader(HEADER));
        response.setHeader(HEADER, id);
        try (var _ = MDC.putCloseable(MDC_KEY, id)) {
            new Correlation(id, null)
                    .<@Nullable Void>call(() -> {
                        chain.doFilter(request, response);
                        return null;
                    });
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private String correlationId(@Nullable String sent) {
        return sent != null && FORM.matcher(sent).matches() ? sent : ids.generateId().toString();
    }
}
