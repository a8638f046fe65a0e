package io.eventshop.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.web.app.Http;
import io.eventshop.web.app.WebTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@WebTest
class OpenApiTest {

    @Autowired Http http;

    @Test
    void the_document_tells_what_holds_for_all_operations() {
        var api = http.get("/v3/api-docs").json();

        assertThat(api.path("openapi").asString()).startsWith("3.1");
        assertThat(api.at("/info/title").asString()).isEqualTo("thing-service");
        assertThat(api.at("/components/schemas/Problem/properties/errors/type").asString())
                .isEqualTo("array");
        var responses = api.path("paths").path("/api/v1/things").path("post").path("responses");
        assertThat(responses.at("/default/$ref").asString())
                .isEqualTo("#/components/responses/Problem");
        assertThat(responses.propertyNames()).doesNotContain("500");
    }

    @Test
    void the_page_to_try_it_out_is_there() {
        var answer = http.get("/swagger-ui.html");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(http.get(answer.header("Location")).status()).isEqualTo(200);
    }
}
