package io.eventshop.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.testkit.SqlStatesPage;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestSqlStatesTest {

    static List<SqlStatesPage.Row> ofEveryState() {
        return SqlStatesPage.ofEveryState();
    }

    @ParameterizedTest
    @MethodSource("ofEveryState")
    void a_request_is_answered_by_the_sql_state_as_the_page_says(SqlStatesPage.Row row) {
        var failure = new SQLException("x", row.state());
        var thrown = new IllegalStateException(new RuntimeException(failure));

        var problem = new Problems(List.of()).of(thrown);

        assertThat(problem.getStatusCode().value()).isEqualTo(row.request());
        assertThat(problem.getHeaders().containsHeader("Retry-After"))
                .isEqualTo(row.request() == 503);
    }
}
