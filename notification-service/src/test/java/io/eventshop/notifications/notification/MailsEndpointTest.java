package io.eventshop.notifications.notification;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.messaging.MessagingProperties;
import io.eventshop.notifications.News;
import io.eventshop.notifications.NotificationServiceTest;
import io.eventshop.notifications.ScriptedSmtpServer;
import io.eventshop.notifications.TestOrders;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@NotificationServiceTest
@ExtendWith(OutputCaptureExtension.class)
class MailsEndpointTest {

    @Autowired private News news;
    @Autowired private NotificationQueries notifications;
    @Autowired private MailQueue queue;
    @Autowired private FailedMails failed;
    @Autowired private ScriptedSmtpServer server;
    @LocalManagementPort private int port;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.behave();
        http.close();
    }

    @Test
    void what_has_failed_is_listed_by_reason_and_sent_again(CapturedOutput log) throws Exception {
        server.answer("RCPT TO:<gone", "550 5.2.1 mailbox disabled");
        List<UUID> orders = Stream.generate(UUID::randomUUID).limit(3).toList();
        orders.forEach(each -> confirmed(each, "gone-" + each + "@example.test"));
        orders.forEach(each -> awaitStatus(each, NotificationStatus.FAILED));
        server.behave();
        var failure = "the mail server answered 550 5.2.1";

        JsonNode status = JsonMapper.shared().readTree(get());
        assertThat(status.at("/failed").get(failure).asInt()).isGreaterThanOrEqualTo(3);
        assertThat(status.at("/newest/0/recipient").asString()).isEqualTo("g***@example.test");
        assertThat(status.toString()).doesNotContain("gone-");

        assertThat(post("/" + id(orders.get(0)), "'actor':'ann','reason':'mailbox is back'"))
                .isEqualTo(200);
        awaitStatus(orders.get(0), NotificationStatus.SENT);
        assertThat(notifications.list(orders.get(1), null, 1).getFirst().status())
                .isEqualTo(NotificationStatus.FAILED);

        assertThat(
                        post(
                                "",
                                "'failure':'%s','actor':'ann','reason':'all are back'"
                                        .formatted(failure)))
                .isEqualTo(200);
        orders.forEach(each -> awaitStatus(each, NotificationStatus.SENT));
        assertThat(log)
                .contains("audit: ann sent mail " + id(orders.get(0)), "all are back")
                .contains("mails again that had failed because " + failure + ": all are back");
    }

    @Test
    void nothing_is_sent_again_unless_that_is_switched_on() {
        var readOnly =
                new MailsEndpoint(
                        queue, failed, new MessagingProperties(false, "http://localhost"));

        assertThat(readOnly.sendAgain(UUID.randomUUID(), "ann", "why not").getStatus())
                .isEqualTo(403);
        assertThat(readOnly.sendAllAgain("none", "ann", "why not").getStatus()).isEqualTo(403);
    }

    @Test
    void what_is_not_there_and_what_nobody_answers_for_is_refused() throws Exception {
        String known = "'actor':'ann','reason':'why not'";

        assertThat(post("/" + UUID.randomUUID(), known)).isEqualTo(404);
        assertThat(post("", "'failure':'none'," + known)).isEqualTo(404);
        assertThat(post("/nonsense", known)).isEqualTo(400);
        assertThat(post("/" + UUID.randomUUID(), "'actor':'ann'")).isEqualTo(400);
        assertThat(post("/" + UUID.randomUUID(), "'actor':'a\\nb','reason':'x'")).isEqualTo(400);
        assertThat(post("", known)).isEqualTo(400);
        assertThat(post("", "'failure':'a\\u0000b'," + known)).isEqualTo(400);
    }

    private String get() throws Exception {
        return http.send(
                        HttpRequest.newBuilder(uri("")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private int post(String path, String body) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(uri(path))
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{" + body.replace('\'', '"') + "}"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + "/actuator/mails" + path);
    }

    private UUID id(UUID order) {
        return notifications.list(order, null, 1).getFirst().id();
    }

    private void confirmed(UUID order, String email) {
        news.arrive(TestOrders.placed(order, email), new OrderConfirmed(order));
    }

    private void awaitStatus(UUID order, NotificationStatus status) {
        await().until(() -> notifications.list(order, null, 1).getFirst().status(), status::equals);
    }
}
