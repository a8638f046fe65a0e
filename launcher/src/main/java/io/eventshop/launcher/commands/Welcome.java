package io.eventshop.launcher.commands;

import io.eventshop.launcher.parts.DemoPorts;

/// What to do with a demo that is ready: addresses, and three commands that work as they stand.
final class Welcome {

    private Welcome() {}

    static String text(DemoPorts ports) {
        int orders = ports.get(DemoPorts.ORDERS);
        int inventory = ports.get(DemoPorts.INVENTORY);
        int notifications = ports.get(DemoPorts.NOTIFICATIONS);
        return """

        Event Shop is ready.

          orders          http://localhost:%1$d/swagger-ui.html
          inventory       http://localhost:%2$d/swagger-ui.html
          notifications   http://localhost:%3$d/swagger-ui.html
          mails           ./demo mails
          events          ./demo events --follow
          more            ./demo --help

        Place an order and wait for its end:

          %4$s

        An item that is always out of stock:

          %5$s

        The orders, newest first:

          curl -s 'http://localhost:%1$d/api/v1/orders?limit=5'

        Ctrl-C stops everything.
        """
                .formatted(
                        orders,
                        inventory,
                        notifications,
                        order(orders, "KEYBOARD-1"),
                        order(orders, "SOLD-OUT-1"));
    }

    private static String order(int port, String sku) {
        return "curl -s http://localhost:%d/api/v1/orders -H 'Content-Type: application/json' -H 'Prefer: wait=5' -d '%s'"
                .formatted(port, OrderRequest.of(sku, 1));
    }
}
