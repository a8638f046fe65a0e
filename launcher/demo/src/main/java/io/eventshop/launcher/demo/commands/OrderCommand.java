package io.eventshop.launcher.demo.commands;

import io.eventshop.launcher.demo.Arguments;
import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.demo.Refusal;
import io.eventshop.launcher.demo.client.DemoShop;
import io.eventshop.launcher.demo.client.OrderClient.Answer;
import io.eventshop.launcher.demo.client.OrderRequest;
import java.io.IOException;
import java.util.List;
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
        OrderRequest order =
                OrderRequest.of(
                        arguments.text("sku", "KEYBOARD-1"),
                        arguments.number("quantity", 1, 1, QUANTITY_MAX));
        DemoShop shop = DemoShop.running(checkout);
        var orders = shop.orders();

        Answer answer =
                orders.place(
                        order,
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
                        .formatted(shop.instances(shop.orderService()).getFirst(), answer.id()));
        return 0;
    }

    private void tellHistory(List<JsonNode> history) {
        for (JsonNode step : history) {
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
