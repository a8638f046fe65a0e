package io.eventshop.web.problem;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.util.DisconnectedClientHelper;

/// Answers a request that ended in an exception, and says in the log what someone should look at.
@RestControllerAdvice
final class ProblemResponder implements Filter {

    private static final Logger log = LoggerFactory.getLogger(ProblemResponder.class);

    private final Problems problems;

    ProblemResponder(Problems problems) {
        this.problems = problems;
    }

    /// A filter around all others: answers for what they throw, before a controller is reached or
    /// after it has answered.
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | IOException | RuntimeException e) {
            respond(e, (HttpServletRequest) request, (HttpServletResponse) response);
        }
    }

    /// Answers for what controllers, and the machinery before them, throw.
    @ExceptionHandler(Throwable.class)
    void respond(Throwable thrown, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted() || isClientGone(thrown)) {
            log.debug("nobody left to answer", thrown);
            return;
        }
        Problem problem = problems.of(thrown);
        say(problem, thrown, request);
        ProblemWriter.write(problem, request.getRequestURI(), response);
    }

    /// A broken pipe to the database looks the same, but then somebody waits for an answer, and
    /// silence would be an empty 200.
    private static boolean isClientGone(Throwable thrown) {
        return DisconnectedClientHelper.isClientDisconnectedException(thrown)
                && Causes.find(thrown, SQLException.class).isEmpty();
    }

    /// A refusal of ours is an answer, and an overload must not fill the log. Whoever refuses for a
    /// reason that someone should look at says so once.
    private static void say(Problem problem, Throwable thrown, HttpServletRequest request) {
        String method = request.getMethod();
        String path = request.getRequestURI();
        int status = problem.getStatusCode().value();
        if (thrown instanceof Problem) {
            log.debug("{} {}", status, problem.slug());
        } else if (status == 500) {
            log.error("{} {} failed", method, path, thrown);
        } else if (status == 503) {
            log.warn("{} {} was put off ({}): {}", method, path, problem.slug(), thrown.toString());
        } else {
            // Without its message, which may quote what was sent.
            log.debug("{} {}: {}", status, problem.slug(), thrown.getClass().getSimpleName());
        }
    }
}
