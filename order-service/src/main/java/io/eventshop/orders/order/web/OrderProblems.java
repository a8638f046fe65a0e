package io.eventshop.orders.order.web;

import io.eventshop.orders.order.CancellationRefused;
import io.eventshop.orders.order.OrderNotFound;
import io.eventshop.web.problem.Problem;
import io.eventshop.web.problem.ServiceProblems;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the domain refuses, said in HTTP. A [io.eventshop.orders.order.RefusedOrder] is not here:
/// which lines it is about only the request knows.
@Component
final class OrderProblems implements ServiceProblems {

    @Override
    public List<OrderProblem> types() {
        return List.of(OrderProblem.values());
    }

    @Override
    public @Nullable Problem of(Throwable thrown) {
        return switch (thrown) {
            case OrderNotFound notFound -> Problem.notFound(notFound.getMessage());
            case CancellationRefused refused ->
                    Problem.of(OrderProblem.ORDER_NOT_CANCELLABLE).detail(refused.getMessage());
            default -> null;
        };
    }
}
