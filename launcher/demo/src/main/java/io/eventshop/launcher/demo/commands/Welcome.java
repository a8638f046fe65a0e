package io.eventshop.launcher.demo.commands;

import io.eventshop.launcher.demo.client.OrderRequest;
import io.eventshop.launcher.demo.parts.DemoPorts;
import io.eventshop.launcher.services.Service;
import java.util.List;
import java.util.stream.Collectors;

/// What to do with a demo that is ready: addresses, and three commands that work as they stand.
final class Welcome {

    private Welcome() {}

    static String text(DemoPorts ports, List<Service> services) {
        int orders = ports.get("orders-port");
        return """

        Event Shop is ready.

        %s
          mails           ./demo mails
          events          ./demo events --follow
          more            ./demo --help

        Place an order and wait for its end:

          %s

        An item that is always out of stock:

          %s

        The orders, newest first:

          curl -s 'http://localhost:%d/api/v1/orders?limit=5'

        Ctrl-C stops everything.
        """
                .formatted(
                        services.stream()
                                .map(service -> address(service, ports))
                                .collect(Collectors.joining("\n")),
                        order(orders, "KEYBOARD-1"),
                        order(orders, "SOLD-OUT-1"),
                        orders);
    }

    /// @param services that somebody else is to start
    static String toServers(DemoPorts ports, List<Service> services) {
        return """

        The servers of Event Shop are ready.

          PostgreSQL      localhost:%d, %s
          Kafka           localhost:%d
          mail            localhost:%d, and ./demo mails

        Start a service in an IDE, or in another terminal, with a JDK 25:

        %s

        Ctrl-C stops everything.
        """
                .formatted(
                        ports.get(DemoPorts.POSTGRES),
                        services.stream()
                                .map(Service::database)
                                .collect(Collectors.joining(", ", "databases ", "")),
                        ports.get(DemoPorts.KAFKA),
                        ports.get(DemoPorts.SMTP),
                        services.stream()
                                .map(service ->
                                        "  EVENTSHOP_DEMO_DATA=true mvn -pl %s -am spring-boot:run"
                                                .formatted(service.name()))
                                .collect(Collectors.joining("\n")));
    }

    private static String address(Service service, DemoPorts ports) {
        return "  %-15s http://localhost:%d/swagger-ui.html"
                .formatted(service.database(), ports.get(DemoPorts.of(service)));
    }

    private static String order(int port, String sku) {
        return "curl -s http://localhost:%d/api/v1/orders -H 'Content-Type: application/json' -H 'Prefer: wait=5' -d '%s'"
                .formatted(port, OrderRequest.of(sku, 1).json());
    }
}
