package io.eventshop.web.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/// The error page: what was refused by `sendError`, of which only the status is known. Takes the
/// place of Boot's, whose answer has another form.
@Controller
final class ProblemErrorController implements ErrorController {

    @RequestMapping("${server.error.path:${error.path:/error}}")
    void on(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        // Without a status nobody was sent here: it is a request for this very path.
        Problem problem =
                status instanceof Integer code
                        ? Problem.ofStatus(code)
                        : Problem.of(HttpStatus.NOT_FOUND);
        ProblemWriter.write(
                problem, path instanceof String text ? text : request.getRequestURI(), response);
    }
}
