package io.eventshop.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.web.app.Http;
import io.eventshop.web.app.WebTest;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

@WebTest
class ProblemPagesTest {

    @Autowired Http http;

    static Stream<HttpStatus> errors() {
        return Arrays.stream(HttpStatus.values()).filter(HttpStatus::isError);
    }

    @ParameterizedTest
    @EnumSource(CommonProblem.class)
    void a_common_problem_leads_to_a_page_that_says_what_to_do(CommonProblem problem) {
        var page = http.get("/problems/" + problem.slug());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.body())
                .contains(problem.slug(), "HTTP status " + problem.about().status().value())
                .contains("What it means", "What to do");
    }

    @ParameterizedTest
    @MethodSource("errors")
    void a_bare_status_leads_to_a_page(HttpStatus status) {
        var problem = Problem.of(status);

        assertThat(problem.slug()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(http.get("/problems/" + problem.slug()).status()).isEqualTo(200);
    }

    @Test
    void the_problem_that_was_answered_leads_to_its_page() {
        var problem = http.post("/api/v1/things?fail=true", "{\"name\":\"n\",\"quantity\":1}");
        String type = problem.json().path("type").asString();

        var page = http.get(type, "Accept", "text/html");

        assertThat(type).isEqualTo("/problems/unknown-sku");
        assertThat(page.body())
                .contains("<h1>An item is not known</h1>")
                .contains("A part is &lt;b&gt;of&lt;/b&gt; an item");
    }

    @Test
    void a_name_that_is_no_problem_has_no_page() {
        var _ = http.get("/problems/made-up").problem(404, "not-found");
        var _ = http.get("/problems/%3Cscript%3E").problem(404, "not-found");
    }

    @Test
    void a_status_without_a_type_of_its_own_has_the_same_title_however_it_was_raised() {
        assertThat(Problem.of(HttpStatus.NOT_FOUND).getBody().getTitle())
                .isEqualTo(Problem.notFound("nothing").getBody().getTitle());
    }
}
