package io.eventshop.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.web.app.Http;
import io.eventshop.web.app.WebTest;
import java.io.EOFException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;

@WebTest
class FailuresTest {

    @Autowired Http http;

    @ParameterizedTest
    @ValueSource(strings = {"boom", "overflow", "unwritable", "bad-sql"})
    void a_fault_of_ours_tells_nothing(String fault) {
        var problem = http.get("/api/v1/" + fault).problem(500, "internal-server-error");

        assertThat(problem.has("detail")).isFalse();
    }

    @Test
    void a_refusal_by_sendError_is_a_problem_too() {
        var problem = http.get("/api/v1/sendError").problem(403, "forbidden");

        assertThat(problem.path("instance").asString()).isEqualTo("/api/v1/sendError");
    }

    @Test
    void whoever_comes_second_is_told_to_read_again() {
        var _ = http.get("/api/v1/conflict").problem(409, "concurrent-change");
    }

    @Test
    void a_service_names_what_it_refuses() {
        var problem =
                http.post("/api/v1/things?fail=true", "{\"name\": \"refused\", \"quantity\": 1}")
                        .problem(422, "unknown-sku");

        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/parts/0/sku");
    }

    static Stream<Exception> outages() {
        return Stream.of(
                new CannotCreateTransactionException("x"),
                new TransactionTimedOutException("x"),
                new CannotGetJdbcConnectionException("x"),
                new QueryTimeoutException("x"),
                // Hikari's: its pool is exhausted, without a SQLState.
                new SQLTransientConnectionException("x"),
                new SQLRecoverableException("x"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void an_outage_is_known_by_its_class_where_it_has_no_state(Exception outage) {
        var problem = new Problems(List.of()).of(new RuntimeException(outage));

        assertThat(problem.slug()).isEqualTo("temporarily-unavailable");
    }

    /// Both are told by the same exceptions, and who is taken for gone gets an empty 200.
    @Test
    void a_pipe_to_the_database_that_broke_is_no_client_that_has_gone() throws Exception {
        var broken = new SQLException("x", "08006", new EOFException());
        var response = new MockHttpServletResponse();

        new ProblemResponder(new Problems(List.of()))
                .respond(
                        new TransactionSystemException("x", broken),
                        new MockHttpServletRequest(),
                        response);

        assertThat(response.getStatus()).isEqualTo(503);
    }

    @Test
    void a_chain_of_causes_that_bites_its_tail_ends() {
        var first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));

        assertThat(new Problems(List.of()).of(first).slug()).isEqualTo("internal-server-error");
    }
}
