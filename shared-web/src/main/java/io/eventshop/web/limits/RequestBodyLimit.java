package io.eventshop.web.limits;

import io.eventshop.web.problem.CommonProblem;
import io.eventshop.web.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/// Refuses a body that came without a length (chunked) as soon as too much of it was read.
@ControllerAdvice
final class RequestBodyLimit extends RequestBodyAdviceAdapter {

    private final int bytesMax;

    RequestBodyLimit(long bytesMax) {
        this.bytesMax = Math.toIntExact(bytesMax);
    }

    static Problem tooLarge(long bytesMax) {
        return Problem.of(CommonProblem.CONTENT_TOO_LARGE)
                .detail("A request body has at most " + bytesMax + " bytes.");
    }

    @Override
    public boolean supports(
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        byte[] bytes = message.getBody().readNBytes(bytesMax + 1);
        if (bytes.length > bytesMax) {
            throw tooLarge(bytesMax);
        }
        return new ReadBody(new ByteArrayInputStream(bytes), message.getHeaders());
    }

    private record ReadBody(InputStream getBody, HttpHeaders getHeaders)
            implements HttpInputMessage {}
}
