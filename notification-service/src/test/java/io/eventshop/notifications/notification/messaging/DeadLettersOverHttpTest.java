package io.eventshop.notifications.notification.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.notifications.NotificationServiceTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an operator types, and what the management port makes of it. Each test has letters of a
/// consumer of its own, which the service once had.
@NotificationServiceTest
class DeadLettersOverHttpTest {

    private static final String BROKEN = "BrokenException@a.B.c";

    @Autowired private JdbcClient jdbc;
    @LocalManagementPort private int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String consumer = "gone-" + UUID.randomUUID();

    private record Answer(int status, JsonNode body) {}

    @AfterEach
    void discardTheRest() throws Exception {
        var _ = send("DELETE", "/" + consumer + "?actor=ann&reason=cleaned&all=true", "");
        http.close();
    }

    @Test
    void letters_are_filtered_and_paged_by_parameters() throws Exception {
        for (int i = 0; i < 5; i++) {
            letter("key-" + i, i == 0 ? "other" : BROKEN);
        }

        var first = list("?consumer=" + consumer + "&fingerprint=" + BROKEN + "&limit=3");
        var second =
                list(
                        "?consumer=%s&fingerprint=%s&limit=3&after=%s"
                                .formatted(consumer, BROKEN, first.at("/next").asString()));

        assertThat(first.at("/total").asInt()).isEqualTo(4);
        assertThat(first.at("/items").findValuesAsString("key"))
                .containsExactly("key-1", "key-2", "key-3");
        assertThat(second.at("/items").findValuesAsString("key")).containsExactly("key-4");
        assertThat(second.at("/next").isMissingNode()).isTrue();
        assertThat(list("?consumer=" + consumer + "&key=key-2&status=DEAD").at("/total").asInt())
                .isEqualTo(1);
    }

    @Test
    void malformed_parameters_are_refused_and_change_nothing() throws Exception {
        letter("key", BROKEN);

        for (String query :
                List.of(
                        "limit=0",
                        "limit=many",
                        "after=first",
                        "status=LOST",
                        "consumer=nobody",
                        "fingerprint=a%0Ab",
                        "key=0xq")) {
            assertThat(send("GET", "?" + query, "").status()).as(query).isEqualTo(400);
        }
        for (String query :
                List.of(
                        "actor=ann&reason=x&fingerprnt=a",
                        "actor=ann&reason=x&all=true&key=key",
                        "actor=ann&all=true",
                        "actor=a%0Ab&reason=x&all=true")) {
            assertThat(send("DELETE", "/" + consumer + "?" + query, "").status())
                    .as(query)
                    .isEqualTo(400);
        }
        String all = "{\"actor\":\"ann\",\"all\":\"true\"}";
        assertThat(send("POST", "/a%0Ab", all).status()).isEqualTo(400);
        assertThat(send("POST", "/nobody", all).status()).isEqualTo(404);
        assertThat(list("?consumer=" + consumer).at("/total").asInt()).isEqualTo(1);
    }

    @Test
    void letters_are_replayed_and_discarded_in_bulk() throws Exception {
        letter("key-1", BROKEN);
        letter("key-2", BROKEN);
        letter("key-3", "other");

        var replayed =
                send(
                        "POST",
                        "/" + consumer,
                        "{\"actor\":\"ann\",\"fingerprint\":\"" + BROKEN + "\",\"after\":\"0\"}");
        var discarded =
                send("DELETE", "/" + consumer + "?actor=ann&reason=x&fingerprint=" + BROKEN, "");
        var key = send("DELETE", "/" + consumer + "?actor=ann&reason=x&key=key-3", "");

        assertThat(replayed.body().at("/stopped").asInt()).isEqualTo(2);
        assertThat(replayed.body().at("/stoppedBy/0").asString())
                .isEqualTo("this service has no such consumer any more");
        assertThat(discarded.body().at("/settled").asInt()).isEqualTo(2);
        assertThat(discarded.body().at("/next").isMissingNode()).isTrue();
        assertThat(key.body().at("/settled").asInt()).isEqualTo(1);
        assertThat(list("?consumer=" + consumer).at("/total").asInt()).isZero();
    }

    private JsonNode list(String query) throws Exception {
        var answer = send("GET", query, "");
        assertThat(answer.status()).as(query).isEqualTo(200);
        return answer.body();
    }

    private Answer send(String method, String path, String body) throws Exception {
        var response =
                http.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://localhost:%d/actuator/deadletters%s"
                                                        .formatted(port, path)))
                                .header("Content-Type", "application/json")
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), JsonMapper.shared().readTree(response.body()));
    }

    private void letter(String key, String fingerprint) {
        int _ =
                jdbc.sql(
                                """
                                insert into messaging.blocked_key (consumer, topic, record_key)
                                values (:consumer, 'orders.events', convert_to(:key, 'UTF8'))
                                """)
                        .param("consumer", consumer)
                        .param("key", key)
                        .update();
        int _ =
                jdbc.sql(
                                """
                                insert into messaging.dead_letter (
                                    consumer, event_id, topic, origin, lane, at, record_key,
                                    attributes, payload, published_at, status, reason,
                                    fingerprint, attempts)
                                values (
                                    :consumer, gen_random_uuid(), 'orders.events', 'c', '0', '1',
                                    convert_to(:key, 'UTF8'), '{"type":"t"}', null, now(), 'DEAD',
                                    'as a test', :fingerprint, 1)
                                """)
                        .param("consumer", consumer)
                        .param("key", key)
                        .param("fingerprint", fingerprint)
                        .update();
    }
}
