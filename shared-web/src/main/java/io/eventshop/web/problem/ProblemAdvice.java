package io.eventshop.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// Answers for what controllers, and the machinery before them, throw.
@RestControllerAdvice
final class ProblemAdvice {

    private final ProblemResponder responder;

    ProblemAdvice(ProblemResponder responder) {
        this.responder = responder;
    }

    @ExceptionHandler(Throwable.class)
    void on(Throwable thrown, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        responder.respond(thrown, request, response);
    }
}
