package io.eventshop.proof.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.launcher.servers.EventLog;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.check.ShopLedger;
import io.eventshop.proof.shop.ServiceProcess;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.shop.Shop;
import io.eventshop.testkit.KafkaProbe;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Three services, one instance each, on real servers; nothing breaks here.
@Tag("system")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeShopTest {

    private static TraceCollector traces;
    private static Shop shop;

    @BeforeAll
    static void open() {
        traces = new TraceCollector();
        shop =
                Shop.open(
                        1,
                        Map.of(
                                "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT",
                                traces.endpoint(),
                                "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_SCHEDULE_DELAY",
                                "200ms"));
    }

    @AfterAll
    static void close() {
        shop.close();
        traces.close();
    }

    @Test
    @Order(1)
    void an_order_is_confirmed_and_its_customer_gets_a_mail() throws SQLException {
        UUID order = shop.client().placeOrder("KEYBOARD-1", 2);

        assertThat(shop.client().awaitFinal(order)).isEqualTo("CONFIRMED");
        ShopLedger.of(shop).awaitQuiet();
        ShopLedger.of(shop).assertExact();
        assertThat(
                        shop.client()
                                .get(
                                        Services.NOTIFICATION,
                                        "/api/v1/notifications?orderId=" + order)
                                .at("/items/0/status")
                                .asString())
                .isEqualTo("SENT");
    }

    @Test
    @Order(2)
    void an_order_for_what_is_sold_out_is_rejected_and_holds_nothing() throws SQLException {
        UUID order = shop.client().placeOrder("SOLD-OUT-1", 1);

        assertThat(shop.client().awaitFinal(order)).isEqualTo("REJECTED");
        assertThat(shop.client().order(order).get("reason").asString()).isEqualTo("OUT_OF_STOCK");
        ShopLedger.of(shop).awaitQuiet();
        ShopLedger.of(shop).assertExact();
    }

    @Test
    @Order(3)
    void a_cancelled_order_gives_its_stock_back() throws SQLException {
        UUID order = shop.client().placeOrder("MOUSE-1", 3);
        assertThat(shop.client().awaitFinal(order)).isEqualTo("CONFIRMED");

        shop.client().cancel(order);

        assertThat(shop.client().order(order).get("status").asString()).isEqualTo("CANCELLED");
        ShopLedger.of(shop).awaitQuiet();
        ShopLedger.of(shop).assertExact();
        assertThat(
                        shop.client()
                                .get(Services.INVENTORY, "/api/v1/reservations/" + order)
                                .get("status")
                                .asString())
                .isEqualTo("RELEASED");
    }

    @Test
    @Order(4)
    void one_orders_spans_in_three_services_share_one_trace() {
        shop.client().placeOrderTraced("CABLE-1", traces.traceId());

        traces.awaitSpansOf(List.of("order-service", "inventory-service", "notification-service"));
    }

    static List<Service> withRequests() {
        return Services.ALL.stream()
                .filter(service -> Files.exists(service.directory().resolve("requests.http")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("withRequests")
    @Order(5)
    void the_requests_of_each_service_are_answered_as_they_say(Service service) throws Exception {
        var requests =
                new RequestFile(service.directory().resolve("requests.http"))
                        .with("orders", address(Services.ORDER))
                        .with("inventory", address(Services.INVENTORY))
                        .with("notifications", address(Services.NOTIFICATION));

        assertThat(requests.run()).isGreaterThan(4);
        ShopLedger.of(shop).awaitQuiet();
        ShopLedger.of(shop).assertExact();
    }

    private static String address(Service service) {
        return shop.instances(service).getFirst().uri("").toString();
    }

    @Test
    @Order(6)
    void every_events_schema_is_served_where_the_event_says() {
        try (var topics = new KafkaProbe(shop.kafka().bootstrapServers());
                var http = HttpClient.newHttpClient()) {
            var schemas =
                    ShopEvents.CATALOG.topics().stream()
                            .flatMap(topic -> topics.records(topic.name()).stream())
                            .map(event -> event.attribute("dataschema").orElseThrow())
                            .distinct()
                            .toList();

            assertThat(schemas)
                    .hasSizeGreaterThan(6)
                    .allSatisfy(schema -> {
                        var request = HttpRequest.newBuilder(URI.create(schema)).build();
                        var answer = http.send(request, BodyHandlers.ofString());
                        assertThat(answer.statusCode()).isEqualTo(200);
                        assertThat(answer.body()).contains(URI.create(schema).getPath());
                    });
        }
    }

    /// Every effect is idempotent by a business key, so even a lost table of processed messages
    /// costs nothing.
    @Test
    @Order(7)
    void replaying_every_topic_without_any_memory_of_it_changes_nothing() throws Exception {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < 20; i++) {
            ids.add(shop.client().placeOrder(i % 5 == 0 ? "SOLD-OUT-1" : "HEADSET-1", 1 + i % 3));
        }
        shop.client().cancel(ids.getLast());
        ShopLedger.of(shop).awaitQuiet();
        var before = ShopLedger.of(shop).everything();

        shop.services().forEach(ServiceProcess::stop);
        forgetWhatWasProcessed();
        shop.services().forEach(ServiceProcess::launch);
        shop.services().forEach(ServiceProcess::awaitReady);
        CaughtUp.await(shop.kafka().bootstrapServers());
        ShopLedger.of(shop).awaitQuiet();

        assertThat(ShopLedger.of(shop).everything()).isEqualTo(before);
        ShopLedger.of(shop).assertExact();
    }

    private static void forgetWhatWasProcessed() throws Exception {
        for (Service service : Services.ALL) {
            ShopLedger.of(shop).execute(service, "truncate messaging.processed_message");
        }
        try (var log = EventLog.kafka(shop.kafka().bootstrapServers(), Duration.ofMinutes(1))) {
            var groups = log.groups().stream().map(EventLog.Group::name).toList();
            assertThat(groups).hasSize(4);
            log.deleteGroups(groups);
        }
    }
}
