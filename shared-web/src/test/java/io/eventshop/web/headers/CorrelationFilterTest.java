package io.eventshop.web.headers;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.web.app.Http;
import io.eventshop.web.app.WebTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@WebTest
class CorrelationFilterTest {

    @Autowired Http http;

    @Test
    void the_id_of_the_client_is_bound_logged_and_echoed() {
        var answer = http.get("/api/v1/flow", "X-Correlation-Id", "journey-1.a:B_2");

        assertThat(answer.header("X-Correlation-Id")).isEqualTo("journey-1.a:B_2");
        assertThat(answer.json().path("bound").asString()).isEqualTo("journey-1.a:B_2");
        assertThat(answer.json().path("logged").asString()).isEqualTo("journey-1.a:B_2");
    }

    @Test
    void without_an_id_one_is_made_for_each_request() {
        var first = http.get("/api/v1/flow");
        var second = http.get("/api/v1/flow");

        assertThat(first.header("X-Correlation-Id")).hasSize(36);
        assertThat(first.json().path("bound").asString())
                .isEqualTo(first.header("X-Correlation-Id"));
        assertThat(second.header("X-Correlation-Id"))
                .isNotEqualTo(first.header("X-Correlation-Id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a;b",
                "<script>",
                "${jndi:ldap://x}",
                "a\tb",
                "a,b",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void an_unusable_id_is_replaced(String id) {
        var answer = http.get("/api/v1/flow", "X-Correlation-Id", id);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Correlation-Id")).hasSize(36);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/nothing", "/api/v1/boom", "/api/v1/sendError"})
    void errors_carry_it_too(String path) {
        var answer = http.get(path, "X-Correlation-Id", "lost-1");

        assertThat(answer.header("X-Correlation-Id")).isEqualTo("lost-1");
    }
}
