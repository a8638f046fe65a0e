package io.eventshop.proof.shop;

import io.eventshop.launcher.demo.client.OrderClient;
import io.eventshop.launcher.demo.client.OrderClient.Answer;
import java.io.IOException;
import java.util.UUID;

/// Orders, and writes into a history what it asks and is told, so that the judge knows. One attempt
/// per call: when to try again is what makes customers different.
///
/// Any number of threads may order.
public record Customer(OrderClient orders, History history) {

    /// @throws IOException if there was no answer; the history says that it is unknown
    public Answer ask(Wish wish) throws IOException, InterruptedException {
        var order = wish.order();
        String request = wish.key() == null ? UUID.randomUUID().toString() : wish.key();
        if (wish.key() == null) {
            history.orderAskedWithoutKey(
                    request, order.customerId(), order.email(), wish.quantities());
        } else {
            history.orderAsked(request, order.customerId(), order.email(), wish.quantities());
        }
        try {
            Answer answer = orders.place(order, wish.key(), 0);
            if (answer.isAccepted()) {
                history.orderAnswered(request, answer.status(), answer.id(), answer.orderStatus());
            } else {
                history.orderAnswered(request, answer.status(), null, null);
            }
            return answer;
        } catch (IOException e) {
            history.orderUnknown(request, e.toString());
            throw e;
        }
    }

    /// @throws IOException if there was no answer; the question stands without one in the history
    public Answer cancel(UUID order) throws IOException, InterruptedException {
        history.cancellationAsked(order);
        Answer answer = orders.cancel(order);
        history.cancellationAnswered(order, answer.status());
        return answer;
    }
}
