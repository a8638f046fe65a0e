package io.eventshop.web.json;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.HandlerInterceptor;

/// Refuses a client that cannot read JSON before anything is done for it. Spring looks at `Accept`
/// only when it writes the answer: the order would have been placed, and the answer be 406.
final class JsonOnly implements HandlerInterceptor {

    private static final HeaderContentNegotiationStrategy ACCEPT =
            new HeaderContentNegotiationStrategy();

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotAcceptableException {
        var accepted = ACCEPT.resolveMediaTypes(new ServletWebRequest(request));
        if (accepted.stream().noneMatch(JsonOnly::isJson)) {
            throw new HttpMediaTypeNotAcceptableException(List.of(MediaType.APPLICATION_JSON));
        }
        return true;
    }

    private static boolean isJson(MediaType accepted) {
        return accepted.getQualityValue() > 0 && accepted.includes(MediaType.APPLICATION_JSON);
    }
}
