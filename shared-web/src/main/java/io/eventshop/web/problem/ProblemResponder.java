package io.eventshop.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.DisconnectedClientHelper;

/// Answers a request that ended in an exception, and says in the log what someone should look at.
final class ProblemResponder {

    private static final Logger log = LoggerFactory.getLogger(ProblemResponder.class);

    private final Problems problems;

    ProblemResponder(Problems problems) {
        this.problems = problems;
    }

    void respond(Throwable thrown, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted() || isClientGone(thrown)) {
            log.debug("nobody left to answer", thrown);
            return;
        }
        Problem problem = problems.of(thrown);
        say(problem, thrown, request);
        problems.headers(thrown)
                .forEach((name, values) -> values.forEach(v -> response.addHeader(name, v)));
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
        if (thrown instanceof ProblemException) {
            log.debug("{} {}", problem.status().value(), problem.slug());
            return;
        }
        switch (problem.status()) {
            case INTERNAL_SERVER_ERROR ->
                    log.error("{} {} failed", request.getMethod(), request.getRequestURI(), thrown);
            case SERVICE_UNAVAILABLE ->
                    log.warn(
                            "{} {} was put off ({}): {}",
                            request.getMethod(),
                            request.getRequestURI(),
                            problem.slug(),
                            thrown.toString());
            // Without its message, which may quote what was sent.
            default ->
                    log.debug(
                            "{} {}: {}",
                            problem.status().value(),
                            problem.slug(),
                            thrown.getClass().getSimpleName());
        }
    }
}
