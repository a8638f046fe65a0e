package io.eventshop.launcher.demo.commands;

import io.eventshop.launcher.demo.Arguments;
import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.demo.Refusal;
import io.eventshop.launcher.demo.client.DemoShop;
import io.eventshop.launcher.demo.commands.Load.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// `./demo load`: places orders at a fixed rate and follows each to its end.
public final class LoadCommand implements Command {

    private static final int ORDERS_MAX = 1_000_000;
    private static final int RATE_MAX = 10_000;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Checkout checkout;
    private final Console console;

    public LoadCommand(Checkout checkout, Console console) {
        this.checkout = checkout;
        this.console = console;
    }

    @Override
    public Arguments.Syntax syntax() {
        return new Arguments.Syntax("load", Set.of("orders", "rate", "sku", "limit"), Set.of());
    }

    @Override
    public int run(Arguments arguments) throws IOException, InterruptedException {
        int orders = arguments.number("orders", 1_000, 1, ORDERS_MAX);
        int rate = arguments.number("rate", 100, 1, RATE_MAX);
        Duration limit = arguments.seconds("limit", LIMIT);
        DemoShop shop = DemoShop.running(checkout);
        List<String> skus = arguments.has("sku") ? arguments.all("sku") : skusInStock(shop);

        console.print("%d orders, %d per second".formatted(orders, rate));
        var tally = new Tally(orders);
        var load = new Load(shop.orders(), new Plan(orders, rate, limit, skus), tally);
        load.run(console);
        console.print(tally.summary());
        return tally.isComplete() ? 0 : 1;
    }

    private static List<String> skusInStock(DemoShop shop) throws InterruptedException {
        try {
            List<String> skus =
                    shop.items().list().stream()
                            .filter(item -> item.path("available").asLong(0) > 0)
                            .map(item -> item.path("sku").asString())
                            .toList();
            if (skus.isEmpty()) {
                throw Refusal.because("Nothing is in stock; choose an item with --sku.");
            }
            return skus;
        } catch (IOException e) {
            throw Refusal.because(
                    "inventory-service does not answer (%s); ./demo status says more."
                            .formatted(e));
        }
    }
}
