package io.eventshop.web.limits;

import io.eventshop.messaging.OutboxRoom;
import io.eventshop.web.problem.CommonProblem;
import io.eventshop.web.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.web.servlet.FilterRegistration;
import org.springframework.web.filter.OncePerRequestFilter;

/// Puts off what would add to an outbox that is full, see [OutboxRoom]. Looking is still possible.
/// A service without events has no outbox, and no such filter.
@ConditionalOnBean(OutboxRoom.class)
@FilterRegistration(order = LimitsConfiguration.AFTER_PROBLEMS)
final class OutboxRoomFilter extends OncePerRequestFilter {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final OutboxRoom room;

    OutboxRoomFilter(OutboxRoom room) {
        this.room = room;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!SAFE.contains(request.getMethod()) && room.isFull()) {
            throw Problem.of(CommonProblem.OVERLOADED)
                    .detail("Too much waits to be published; looking is still possible.")
                    .retryLater();
        }
        chain.doFilter(request, response);
    }
}
