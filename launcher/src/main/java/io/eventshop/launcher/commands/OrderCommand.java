package io.eventshop.launcher.commands;

import io.eventshop.launcher.Arguments;
import io.eventshop.launcher.Checkout;
import io.eventshop.launcher.Console;
import io.eventshop.launcher.Refusal;
import io.eventshop.launcher.commands.OrderClient.Answer;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// `./demo order`: places one order; with `--wait` tells how it ended and by which steps.
public final class OrderCommand implements Command {

    private static final int WAIT_SECONDS = 10;
    private static final int QUANTITY_MAX = 1_000_000;

    private final Checkout checkout;
    private final Console console;

    public OrderCommand(Checkout checkout, Console console) {
        this.checkout = checkout;
        this.console = console;
    }

    @Override
    public Arguments.Syntax syntax() {
        return new Arguments.Syntax("order", Set.of("sku", "quantity"), Set.of("wait"));
    }

    @Override
    public int run(Arguments arguments) throws IOException, InterruptedException {
        String body =
                OrderRequest.of(
                        arguments.text("sku", "KEYBOARD-1"),
                        arguments.number("quantity", 1, 1, QUANTITY_MAX));
        Shop shop = Shop.running(checkout);
        var orders = new OrderClient(shop.http(), shop.orders());

        Answer answer =
                orders.place(
                        body,
                        UUID.randomUUID().toString(),
                        arguments.has("wait") ? WAIT_SECONDS : 0);
        if (!answer.isAccepted()) {
            throw Refusal.because(
                    "order-service refused the order with %d: %s"
                            .formatted(answer.status(), answer.body()));
        }
        console.print("order %s is %s".formatted(answer.id(), answer.orderStatus()));
        console.print(answer.body());
        if (arguments.has("wait")) {
            tellHistory(orders.history(answer.id()));
            return answer.isFinal() ? 0 : 1;
        }
        console.print(
                "look again: curl -s %s/api/v1/orders/%s"
                        .formatted(shop.orders().getFirst(), answer.id()));
        return 0;
    }

    private void tellHistory(JsonNode history) {
        for (JsonNode step : history.isArray() ? history : history.path("items")) {
            console.print(
                    "%s  version %s  %-10s %s"
                            .formatted(
                                    step.path("time").asString(),
                                    step.path("version").asString(),
                                    step.path("status").asString(),
                                    step.path("reason").asString("")));
        }
    }
}
