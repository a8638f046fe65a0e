package io.eventshop.web.problem;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers for Tomcat itself: broken request lines, forbidden characters, headers that are too
/// large; what never reaches a filter. Tomcat's own answer is an HTML page. Made by Tomcat, by its
/// class name.
public final class ProblemReportValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        if (response.getStatus() < 400
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        try {
            // The path is left out: it may be what was broken.
            ProblemWriter.write(Problem.ofStatus(response.getStatus()), null, response);
        } catch (IOException | IllegalStateException e) {
            log.debug("nobody left to answer", e);
        }
    }
}
