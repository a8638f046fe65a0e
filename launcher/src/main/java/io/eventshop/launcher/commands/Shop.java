package io.eventshop.launcher.commands;

import io.eventshop.launcher.Checkout;
import io.eventshop.launcher.Refusal;
import io.eventshop.launcher.check.ShopDatabases;
import io.eventshop.launcher.parts.DemoPorts;
import io.eventshop.launcher.parts.Service;
import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.supervision.DemoState;
import io.eventshop.launcher.supervision.PartState;
import io.eventshop.launcher.supervision.StateFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;

/// The demo that runs from this checkout, as the subcommands see it.
record Shop(DemoState state, HttpClient http) {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);

    /// @throws Refusal if no demo runs
    static Shop running(Checkout checkout) {
        return new StateFile(checkout.stateFile())
                .read()
                .filter(DemoState::isRunning)
                .map(state -> new Shop(state, client()))
                .orElseThrow(() -> Refusal.because("The demo does not run; ./demo starts it."));
    }

    static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_WITHIN)
                .build();
    }

    static URI local(int port) {
        return URI.create("http://localhost:" + port);
    }

    /// Where orders can be placed: all instances of order-service.
    List<URI> orders() {
        return state.parts().stream()
                .filter(part -> part.name().startsWith(Service.ORDERS.serviceName()))
                .map(PartState::port)
                .map(Shop::local)
                .toList();
    }

    SeedItems items() {
        return new SeedItems(
                http,
                local(state.port(DemoPorts.INVENTORY)),
                local(state.port(DemoPorts.ORDERS_MANAGEMENT)));
    }

    ShopDatabases databases() {
        return new ShopDatabases(
                database(Service.ORDERS),
                database(Service.INVENTORY),
                database(Service.NOTIFICATIONS));
    }

    /// As the service itself sees it.
    private Database database(Service service) {
        return new Database(
                "jdbc:postgresql://localhost:%d/%s"
                        .formatted(state.port(DemoPorts.POSTGRES), service.database()),
                service.database(),
                service.password(System::getenv));
    }

    String bootstrapServers() {
        return "localhost:" + state.port(DemoPorts.KAFKA);
    }
}
