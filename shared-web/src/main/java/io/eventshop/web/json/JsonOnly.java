package io.eventshop.web.json;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.servlet.HandlerInterceptor;

/// Refuses a client that cannot read JSON before anything is done for it. Spring looks at `Accept`
/// only when it writes the answer: the order would have been placed, and the answer be 406.
final class JsonOnly implements HandlerInterceptor {

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotAcceptableException {
        if (accepted(request).stream().noneMatch(JsonOnly::isJson)) {
            throw new HttpMediaTypeNotAcceptableException(List.of(MediaType.APPLICATION_JSON));
        }
        return true;
    }

    private static List<MediaType> accepted(HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        List<String> headers = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
        try {
            List<MediaType> accepted = MediaType.parseMediaTypes(headers);
            return accepted.isEmpty() ? List.of(MediaType.ALL) : accepted;
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotAcceptableException(e.getMessage());
        }
    }

    private static boolean isJson(MediaType accepted) {
        return accepted.getQualityValue() > 0 && accepted.includes(MediaType.APPLICATION_JSON);
    }
}
