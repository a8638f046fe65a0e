package io.eventshop.proof.system;

import static io.eventshop.testkit.Eventually.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.Server;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.check.ShopLedger;
import io.eventshop.proof.shop.ServiceProcess;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.shop.Shop;
import io.eventshop.testkit.KafkaProbe;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An address is told to the mail server and to nobody else. A word that stands in no address but
/// ours goes every way that an address can go, and wrong ways, while everything logs at TRACE, and
/// is then looked for in all logs and in everything that is answered.
@Tag("system")
class PersonalDataTest {

    private static final String CANARY = "qvycanary";

    /// Stands where no address belongs, so that nobody can know that it is one. A person who looks
    /// at the data of a single dead letter sees it; a log does not.
    private static final String MISPLACED = "qvzmisplaced";

    /// What is logged at DEBUG is, too.
    private static final String LEVEL = "TRACE";

    private static final int LINE_MAX = 330;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> shown = new ArrayList<>();

    @Test
    void nobody_is_named_in_any_log_or_answer() throws Exception {
        List<Path> logs;
        try (http;
                var shop = Shop.open(1, Map.of("LOGGING_LEVEL_ROOT", LEVEL))) {
            logs =
                    Stream.concat(
                                    shop.services().stream().map(ServiceProcess::logFile),
                                    Stream.<Server>of(shop.postgres(), shop.kafka(), shop.mail())
                                            .map(Server::logFile))
                            .toList();
            orderInEveryWay(shop);
            hearFromElsewhere(shop);
            lookEverywhere(shop);
            shop.services().forEach(ServiceProcess::stop);

            assertThat(shop.mail().file().all())
                    .as("what is looked for has been there")
                    .anyMatch(mail -> mail.to().contains(CANARY));
            for (String answer : shown) {
                assertThat(answer).doesNotContainIgnoringCase(CANARY);
            }
            var leaks = new ArrayList<String>();
            for (Path log : logs) {
                leaks.addAll(linesOf(log));
            }
            assertThat(leaks).isEmpty();
            assertThat(Files.readString(shop.services().getFirst().logFile(), UTF_8))
                    .as("that it is logged at " + LEVEL)
                    .contains(" DEBUG ", " TRACE ");
        }
    }

    private static List<String> linesOf(Path log) throws IOException {
        try (var lines = Files.newBufferedReader(log, UTF_8)) {
            return lines.lines()
                    .filter(line ->
                            Stream.of(CANARY, MISPLACED)
                                    .anyMatch(line.toLowerCase(Locale.ROOT)::contains))
                    .map(line -> log.getFileName() + ": " + line)
                    .map(line -> line.substring(0, Math.min(line.length(), LINE_MAX)))
                    .toList();
        }
    }

    private void orderInEveryWay(Shop shop) throws Exception {
        var orders = shop.instances(Services.ORDER).getFirst().uri("/api/v1/orders");
        String address = CANARY + "@example.test";
        String good = body("\"" + address + "\"", "\"MOUSE-1\"", "1");

        post(orders, good, 202, "key-1");
        JsonNode order = JsonMapper.shared().readTree(shown.getLast());
        for (var wrong :
                List.of(
                        "ł" + CANARY + "@example.test",
                        CANARY + "@ex_ample.test",
                        CANARY,
                        "a@" + CANARY,
                        "a@" + CANARY + ".x_",
                        " " + address)) {
            post(orders, body("\"" + wrong + "\"", "\"MOUSE-1\"", "1"), 422, null);
        }
        post(orders, good.replace(address, "b" + address), 422, "key-1"); // another body
        post(orders, body("\"" + address + "\"", "\"UNKNOWN-1\"", "1"), 422, null);
        post(orders, body("[\"" + address + "\"]", "\"MOUSE-1\"", "1"), 400, null);
        post(orders, body("{\"value\":\"" + address + "\"}", "\"MOUSE-1\"", "1"), 400, null);
        post(
                orders,
                body("\"a@example.test\"", "\"MOUSE-1\"", "\"" + MISPLACED + "@x.test\""),
                400,
                null);
        post(orders, good.substring(0, good.indexOf("example")), 400, null);
        post(orders, good + good, 400, null);
        post(
                orders,
                good.replace("\"email\"", "\"email\":\"" + address + "\",\"email\""),
                400,
                null);
        post(URI.create(orders + "?email=a"), good, 202, "key-2");

        postInOnePacket(orders, good);

        var id = UUID.fromString(order.at("/id").asString());
        assertThat(shop.client().awaitFinal(id)).isEqualTo("CONFIRMED");
        shop.client().cancel(id);
    }

    private static String body(String email, String sku, String quantity) {
        return "{\"customerId\":\"c\",\"email\":%s,\"lines\":[{\"sku\":%s,\"quantity\":%s}]}"
                .formatted(email, sku, quantity);
    }

    private void post(URI uri, String body, int status, @Nullable String key) throws Exception {
        var request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        var answer = http.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s: %s", body, answer.body()).isEqualTo(status);
        shown.add(answer.body());
    }

    /// As a client of few words does; then the body stands in the buffer of the headers.
    private static void postInOnePacket(URI uri, String body) throws IOException {
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            byte[] bytes = body.getBytes(UTF_8);
            var request =
                    """
                    POST %s HTTP/1.1\r
                    Host: localhost\r
                    Connection: close\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    \r
                    %s\
                    """
                            .formatted(uri.getPath(), bytes.length, body);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 202");
        }
    }

    /// Addresses that mail cannot be sent to, and events that cannot be read.
    private void hearFromElsewhere(Shop shop) throws Exception {
        try (var kafka = new KafkaProbe(shop.kafka().bootstrapServers())) {
            String line =
                    "{\"sku\":\"MOUSE-1\",\"quantity\":1,\"unitPrice\":{\"amountMinor\":1,\"currency\":\"EUR\"}}";
            String total = "\"total\":{\"amountMinor\":1,\"currency\":\"EUR\"}";
            String bad = "\"ł" + CANARY + "@example.test\"";
            String misplaced = "\"" + MISPLACED + "@example.test\"";
            UUID refused = UUID.randomUUID();
            placed(kafka, refused, bad, line, total);
            event(
                    kafka,
                    refused,
                    2,
                    "order-confirmed.v1",
                    "{\"orderId\":\"%s\"}".formatted(refused));
            placed(kafka, UUID.randomUUID(), "[" + bad + "]", line, total);
            placed(kafka, UUID.randomUUID(), bad, line, "\"total\":" + misplaced);
            placed(kafka, UUID.randomUUID(), bad, line.replace("1,", misplaced + ","), total);
            placed(kafka, UUID.randomUUID(), bad, line.replace("MOUSE-1", MISPLACED), total);
            placed(kafka, UUID.randomUUID(), bad, "", total);
            event(
                    kafka,
                    UUID.randomUUID(),
                    1,
                    "order-placed.v2",
                    "{\"email\":" + bad.substring(0, bad.length() - 4));
        }
        for (Service service : List.of(Services.INVENTORY, Services.NOTIFICATION)) {
            var letters = shop.instances(service).getFirst().managementUri("/actuator/deadletters");
            await().until(() -> get(letters).at("/total").asInt() >= 6);
            for (JsonNode letter : get(letters).at("/items")) {
                var one =
                        URI.create(
                                "%s/%s/%s"
                                        .formatted(
                                                letters,
                                                letter.at("/consumer").asString(),
                                                letter.at("/eventId").asString()));
                assertThat(get(one).at("/data").asString()).contains("***");
                post(one, "{\"actor\":\"ada\"}", 200, null);
            }
        }
        var mails =
                shop.instances(Services.NOTIFICATION).getFirst().managementUri("/actuator/mails");
        await().until(() -> get(mails).at("/newest").size() == 1);
        post(
                URI.create(mails + "/" + get(mails).at("/newest/0/id").asString()),
                "{\"actor\":\"ada\",\"reason\":\"again\"}",
                200,
                null);
        await().until(() -> get(mails).at("/newest").size() == 1);
    }

    private static void placed(
            KafkaProbe kafka, UUID order, String email, String line, String total) {
        event(
                kafka,
                order,
                1,
                "order-placed.v2",
                "{\"orderId\":\"%s\",\"customerId\":\"c\",\"email\":%s,\"lines\":[%s],%s}"
                        .formatted(order, email, line, total));
    }

    private static void event(KafkaProbe kafka, UUID order, int version, String type, String json) {
        kafka.publish(
                "orders.events",
                order.toString(),
                Map.of(
                        "specversion", "1.0",
                        "id", UUID.randomUUID().toString(),
                        "source", "/order-service",
                        "type", "org.eventshop.orders." + type,
                        "subject", order.toString(),
                        "time", Instant.EPOCH.toString(),
                        "aggregateversion", String.valueOf(version)),
                json.getBytes(UTF_8));
    }

    private void lookEverywhere(Shop shop) throws Exception {
        ShopLedger.of(shop).awaitQuiet();
        for (ServiceProcess service : shop.services()) {
            for (String path :
                    List.of("health", "info", "prometheus", "outbox", "deadletters", "mails")) {
                shown.add(text(service.managementUri("/actuator/" + path)));
            }
            for (String path : List.of("/v3/api-docs", "/api/v1/orders", "/api/v1/notifications")) {
                shown.add(text(service.uri(path)));
            }
        }
    }

    private JsonNode get(URI uri) throws Exception {
        String text = text(uri);
        shown.add(text);
        return JsonMapper.shared().readTree(text);
    }

    private String text(URI uri) throws Exception {
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
}
