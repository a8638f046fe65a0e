package io.eventshop.orders.order.web;

import io.eventshop.orders.order.CancellationRefused;
import io.eventshop.orders.order.OrderChanged;
import io.eventshop.orders.order.OrderNotFound;
import io.eventshop.web.problem.Problem;
import java.util.function.Supplier;

/// What the domain refuses, said in HTTP; the one place where that is decided.
final class OrderProblems {

    private OrderProblems() {}

    static <T> T answer(Supplier<T> call) {
        try {
            return call.get();
        } catch (OrderNotFound notFound) {
            throw Problem.notFound(String.valueOf(notFound.getMessage())).exception();
        } catch (CancellationRefused refused) {
            throw Problem.of(OrderProblem.ORDER_NOT_CANCELLABLE)
                    .detail(String.valueOf(refused.getMessage()))
                    .exception();
        } catch (OrderChanged _) {
            throw Problem.preconditionFailed().exception();
        }
    }
}
