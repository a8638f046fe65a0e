package io.eventshop.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.testkit.openapi.ServedApi;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@NotificationServiceTest
class OpenApiTest {

    @LocalServerPort private int port;

    private ServedApi api;

    @BeforeEach
    void read() {
        api = new ServedApi(port);
    }

    @Test
    void the_committed_document_is_the_one_that_is_served() {
        api.assertCommitted();
    }

    @Test
    void every_example_gets_a_documented_answer() {
        assertThat(api.examples(Map.of()))
                .hasSize(1)
                .allSatisfy(example -> {
                    var answer = api.send(example);
                    assertThat(answer.statusCode()).as(example.toString()).isEqualTo(200);
                    api.assertDocumented(example, answer);
                });
    }
}
