package io.eventshop.proof.system;

import static io.eventshop.testkit.Eventually.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.EventLog;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.check.ShopLedger;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.shop.Shop;
import io.eventshop.testkit.KafkaProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The commands of `docs/operations.md`, pasted into a shell as they are printed, but for the ports
/// and ids that they leave open.
@Tag("system")
class OperationsTest {

    private static final Path PAGE = Services.root().resolve("docs/operations.md");
    private static final Pattern COMMAND = Pattern.compile("(?m)^curl (?:.*\\\\\\n)*.*$");
    private static final int TOPIC_LIMIT = 1_048_588;

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.open(1, Map.of());
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void a_dead_letter_is_listed_shown_replayed_and_discarded() throws Exception {
        var eventId = UUID.randomUUID();
        publishBroken(eventId, UUID.randomUUID().toString());
        var commands = commands("/actuator/deadletters");
        assertThat(commands).hasSize(8);

        await().until(() -> paste(commands.get(0), eventId).text().contains("" + eventId));
        var shown = paste(commands.get(1), eventId);
        var replayed = paste(commands.get(2), eventId);
        var discarded = paste(commands.get(3), eventId);

        assertThat(shown.json().at("/data").asString()).isEqualTo("{broken");
        assertThat(replayed.status()).isEqualTo(200);
        assertThat(replayed.json().at("/stoppedBy").asString()).isNotBlank();
        assertThat(discarded.status()).isEqualTo(200);
        assertThat(discarded.json().at("/settled").asInt()).isEqualTo(1);
        assertThat(paste(commands.get(0), eventId).json().at("/total").asInt()).isZero();
        var settled = paste(commands.get(1), eventId).json();
        assertThat(settled.at("/settledBy").asString()).isEqualTo("ada");
        assertThat(settled.at("/settledReason").asString()).isEqualTo("test data");
    }

    @Test
    void dead_letters_are_replayed_and_discarded_together() throws Exception {
        var eventId = UUID.randomUUID();
        var order = UUID.randomUUID();
        publishBroken(eventId, order.toString());
        var commands = commands("/actuator/deadletters");

        await().until(() -> paste(commands.get(4), order).text().contains("" + eventId));
        var sameCause = paste(commands.get(5).replace("<fingerprint>", "unreadable"), order);
        var discarded = paste(commands.get(6), order);
        var all = paste(commands.get(7), order);

        assertThat(sameCause.json().at("/stopped").asInt()).isEqualTo(1);
        assertThat(discarded.json().at("/settled").asInt()).isEqualTo(1);
        assertThat(all.status()).isEqualTo(200);
        assertThat(paste(commands.get(0), order).json().at("/total").asInt()).isZero();
    }

    @Test
    void a_parked_key_flows_again_after_the_retry() throws Exception {
        limitOrderEvents(100);
        var order = shop.client().placeOrder("MOUSE-1", 1);
        await().until(() -> parked().contains(order.toString()));
        limitOrderEvents(TOPIC_LIMIT);
        var commands = commands("/actuator/outbox");
        assertThat(commands).hasSize(1);

        var retried = paste(commands.getFirst(), order);

        assertThat(retried.status()).isEqualTo(200);
        assertThat(shop.client().awaitFinal(order)).isEqualTo("CONFIRMED");
        assertThat(paste(commands.getFirst(), order).status()).isEqualTo(404);
    }

    @Test
    void a_mail_that_has_failed_is_sent_again() throws Exception {
        var commands = commands("/actuator/mails");
        assertThat(commands).hasSize(3);
        var order = shop.client().placeOrder("MOUSE-1", 1);
        await().until(() -> "SENT".equals(mail(order).at("/status").asString()));
        var mail = UUID.fromString(mail(order).at("/id").asString());

        refused(mail);
        assertThat(paste(commands.get(0), mail).json().at("/newest/0/id").asString())
                .isEqualTo(mail.toString());
        assertThat(paste(commands.get(1), mail).status()).isEqualTo(200);
        await().until(() -> "SENT".equals(mail(order).at("/status").asString()));
        assertThat(paste(commands.get(1), mail).status()).isEqualTo(404);

        refused(mail);
        assertThat(paste(commands.get(2), mail).status()).isEqualTo(200);
        await().until(() -> "SENT".equals(mail(order).at("/status").asString()));
        assertThat(paste(commands.get(2), mail).status()).isEqualTo(404);
    }

    private static JsonNode mail(UUID order) {
        return shop.client()
                .get(Services.NOTIFICATION, "/api/v1/notifications?orderId=" + order)
                .at("/items/0");
    }

    /// As if the mail server had not taken it; the sink takes everything.
    private static void refused(UUID mail) throws Exception {
        ShopLedger.of(shop)
                .execute(
                        Services.NOTIFICATION,
                        """
                        update notification
                        set status = 'FAILED', sent_at = null, failed_at = now(),
                            failure = 'the mail server answered 550 5.2.1'
                        where id = '%s'
                        """
                                .formatted(mail));
    }

    @Test
    void the_meter_of_refused_mails_is_scraped() throws Exception {
        assertThat(
                        sh("curl -s " + management(Services.NOTIFICATION, "/actuator/prometheus"))
                                .text())
                .contains(
                        "\neventshop_notifications_failed_total ",
                        "\neventshop_notifications_pending ");
        assertThat(Files.readString(PAGE))
                .contains(
                        "`eventshop_notifications_failed_total`",
                        "`eventshop_notifications_pending`");
    }

    private static void publishBroken(UUID eventId, String order) {
        try (var kafka = new KafkaProbe(shop.kafka().bootstrapServers())) {
            kafka.publish(
                    "orders.events",
                    order,
                    Map.of(
                            "specversion", "1.0",
                            "id", eventId.toString(),
                            "source", "/order-service",
                            "type", "org.eventshop.orders.order-placed.v2",
                            "subject", order,
                            "time", Instant.EPOCH.toString(),
                            "aggregateversion", "1",
                            "correlationid", "broken"),
                    "{broken".getBytes(UTF_8));
        }
    }

    private static void limitOrderEvents(int bytes) throws Exception {
        try (var log = EventLog.kafka(shop.kafka().bootstrapServers(), Duration.ofMinutes(1))) {
            log.limitRecordSize("orders.events", bytes);
        }
    }

    private static String parked() throws Exception {
        return sh("curl -s " + management(Services.ORDER, "/actuator/outbox"))
                .json()
                .at("/parked")
                .toString();
    }

    /// Those for this endpoint, in their order.
    private static List<String> commands(String endpoint) throws IOException {
        return COMMAND.matcher(Files.readString(PAGE))
                .results()
                .map(command -> command.group())
                .filter(command -> command.contains(endpoint))
                .toList();
    }

    private static Output paste(String command, UUID id) throws Exception {
        return sh(
                command.replace("http://localhost:9081", management(Services.ORDER, ""))
                        .replace("http://localhost:9082", management(Services.INVENTORY, ""))
                        .replace("http://localhost:9083", management(Services.NOTIFICATION, ""))
                        .replaceAll("<(event|order|mail) id>", id.toString()));
    }

    private static String management(Service service, String path) {
        return shop.instances(service).getFirst().managementUri(path).toString();
    }

    /// Runs a `curl` command.
    private static Output sh(String command) throws Exception {
        var shell = new ProcessBuilder("sh", "-c", command + " -w '\\n%{http_code}'").start();
        var lines = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor()).as(command).isZero();
        int last = lines.lastIndexOf('\n');
        return new Output(lines.substring(0, last), Integer.parseInt(lines.substring(last + 1)));
    }

    private record Output(String text, int status) {

        JsonNode json() {
            return JsonMapper.shared().readTree(text);
        }
    }
}
