package io.eventshop.web.limits;

import io.eventshop.web.problem.CommonProblem;
import io.eventshop.web.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistration;
import org.springframework.web.filter.OncePerRequestFilter;

/// Lets a request in when there is a place for it, see [Admission]. Its body has been read before,
/// and its answer is sent after: the place is left when the answer begins to travel, for a client
/// that does not read may keep it waiting.
@FilterRegistration(order = LimitsConfiguration.AFTER_PROBLEMS + 2)
final class AdmissionFilter extends OncePerRequestFilter {

    private final Admission admission;

    AdmissionFilter(Admission admission) {
        this.admission = admission;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean admitted;
        try {
            admitted =
                    admission.admit(() -> {
                        chain.doFilter(request, new PlacelessResponse(response));
                        return null;
                    });
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw overloaded();
        } catch (Exception e) {
            throw new ServletException(e);
        }
        if (!admitted) {
            throw overloaded();
        }
    }

    private static Problem overloaded() {
        return Problem.of(CommonProblem.OVERLOADED).retryLater();
    }
}
