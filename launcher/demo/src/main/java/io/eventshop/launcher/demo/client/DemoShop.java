package io.eventshop.launcher.demo.client;

import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.Refusal;
import io.eventshop.launcher.demo.parts.DemoPorts;
import io.eventshop.launcher.demo.supervision.DemoState;
import io.eventshop.launcher.demo.supervision.PartState;
import io.eventshop.launcher.demo.supervision.StateFile;
import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.services.Service;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;

/// The demo that runs from this checkout, as the subcommands see it.
public record DemoShop(DemoState state, List<Service> services, HttpClient http) {

    static final String ORDERS = "order-service";
    static final String INVENTORY = "inventory-service";

    public DemoShop {
        services = List.copyOf(services);
    }

    /// @throws Refusal if no demo runs
    public static DemoShop running(Checkout checkout) {
        return new StateFile(checkout.stateFile())
                .read()
                .filter(DemoState::isRunning)
                .map(state -> new DemoShop(state, checkout.services(), OrderClient.http()))
                .orElseThrow(() -> Refusal.because("The demo does not run; ./demo starts it."));
    }

    static URI local(int port) {
        return URI.create("http://localhost:" + port);
    }

    static Service named(String name, List<Service> services) {
        return Service.named(name, services)
                .orElseThrow(() -> new IllegalStateException("there is no " + name));
    }

    /// Where a service's API is: all instances of it. One that the demo has not started, as after
    /// `./demo servers`, is expected at its usual port.
    public List<URI> instances(Service service) {
        List<URI> started =
                state.parts().stream()
                        .filter(part -> part.name().matches(service.name() + "(-\\d+)?"))
                        .map(PartState::port)
                        .map(DemoShop::local)
                        .toList();
        return started.isEmpty() ? List.of(local(state.port(DemoPorts.of(service)))) : started;
    }

    /// Where the first instance is managed.
    public URI management(Service service) {
        return local(state.port(DemoPorts.managementOf(service)));
    }

    public Service orderService() {
        return named(ORDERS, services);
    }

    public OrderClient orders() {
        return new OrderClient(http, instances(orderService()));
    }

    public SeedItems items() {
        return SeedItems.of(state::port, services);
    }

    /// As the service itself sees it.
    public Database database(Service service) {
        return Database.onLoopback(
                state.port(DemoPorts.POSTGRES),
                service.database(),
                service.password(System::getenv));
    }

    public String bootstrapServers() {
        return "localhost:" + state.port(DemoPorts.KAFKA);
    }
}
