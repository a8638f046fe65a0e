package io.eventshop.web.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Answers for what filters throw, before a controller is reached or after it has answered.
final class ProblemFilter extends OncePerRequestFilter {

    private final ProblemResponder responder;

    ProblemFilter(ProblemResponder responder) {
        this.responder = responder;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | IOException | RuntimeException e) {
            responder.respond(e, request, response);
        }
    }
}
