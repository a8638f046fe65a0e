package io.eventshop.proof.system.fuzz;

import static java.util.stream.Collectors.toMap;

import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.check.ShopLedger;
import io.eventshop.proof.shop.ServiceProcess;
import io.eventshop.proof.shop.Shop;
import io.eventshop.proof.shop.ShopClient;
import io.eventshop.testkit.openapi.ServedApi;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One service of a shop that had some orders. The others are stopped once all of those have come
/// to their end: from then on the service hears only what a test says.
final class LoneService implements AutoCloseable {

    /// Each letter is a warning with its stack trace, and thousands of them are no news here.
    private static final Map<String, String> QUIETLY =
            Map.of("LOGGING_LEVEL_IO_EVENTSHOP", "ERROR");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Shop shop;
    private final ServiceProcess process;
    private final List<UUID> orders;

    private LoneService(Shop shop, Service service, List<UUID> orders) {
        this.shop = shop;
        this.process = shop.instances(service).getFirst();
        this.orders = orders;
    }

    static LoneService of(Service service) {
        var shop = Shop.open(1, QUIETLY);
        try {
            var orders = endedInEveryWay(shop.client());
            ShopLedger.of(shop).awaitQuiet();
            shop.services().stream()
                    .filter(other -> !other.service().equals(service))
                    .forEach(ServiceProcess::stop);
            return new LoneService(shop, service, orders);
        } catch (RuntimeException | Error e) {
            shop.close();
            throw e;
        }
    }

    /// The first makes its item low.
    private static List<UUID> endedInEveryWay(ShopClient client) {
        var confirmed = client.placeOrder("DESK-1", 1_000);
        var rejected = client.placeOrder("SOLD-OUT-1", 1);
        var cancelled = client.placeOrder("MOUSE-1", 1);
        client.cancel(cancelled);
        return List.of(confirmed, rejected, cancelled);
    }

    /// An order that was confirmed, one that was rejected, and one that was cancelled.
    Stream<UUID> orders() {
        return orders.stream();
    }

    ShopClient client() {
        return shop.client();
    }

    ServedApi api() {
        return new ServedApi(process.api().getPort());
    }

    String bootstrapServers() {
        return shop.bootstrapServers();
    }

    Database database() {
        return shop.database(process.service());
    }

    /// Of its database.
    List<String> rows(String query) throws SQLException {
        return ShopLedger.of(shop).rows(process.service(), query);
    }

    /// What its meters say became of a consumer's records, since it was started.
    Map<String, Integer> fates(String consumer) throws IOException, InterruptedException {
        var meters = HttpRequest.newBuilder(process.managementUri("/actuator/prometheus")).build();
        return Pattern.compile(
                        "(?m)^eventshop_inbox_(handled|duplicates|conflicting|ignored|dead|parked)_total"
                                + "\\{.*consumer=\"%s\".*} (\\S+)$".formatted(consumer))
                .matcher(http.send(meters, BodyHandlers.ofString()).body())
                .results()
                .collect(
                        toMap(
                                meter -> meter.group(1),
                                meter -> (int) Double.parseDouble(meter.group(2))));
    }

    @Override
    public void close() {
        http.close();
        shop.close();
    }
}
