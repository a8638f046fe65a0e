package io.eventshop.web.idempotency;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.web.app.Http;
import io.eventshop.web.app.Http.Answer;
import io.eventshop.web.app.Things;
import io.eventshop.web.app.WebTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@WebTest
class IdempotencyKeysTest {

    @Autowired Http http;
    @Autowired JdbcClient jdbc;
    @Autowired IdempotencyKeys keys;
    @Autowired IdempotencyKeyCleaning cleaning;
    @Autowired PlatformTransactionManager transactions;

    private final String key = UUID.randomUUID().toString();
    private final String name = UUID.randomUUID().toString();

    @Test
    void a_repetition_has_one_effect_and_the_same_answer() {
        var first = make(key, body(1));
        var second = make(key, body(1));

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(made()).isEqualTo(1);
    }

    @Test
    void neither_white_space_nor_the_order_of_fields_makes_another_request() {
        var first = make(key, "{\"name\": \"%s\", \"quantity\": 1}".formatted(name));
        var second = make(key, "{\"quantity\":1,\n\"name\":\"%s\"}".formatted(name));

        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    }

    @Test
    void another_request_with_the_same_key_is_refused() {
        assertThat(make(key, body(1)).status()).isEqualTo(201);

        var _ = make(key, body(2)).problem(422, "idempotency-key-reused");
        assertThat(made()).isEqualTo(1);
    }

    /// The hash is a stored format: an address was a plain string in it, and is.
    @Test
    void an_address_and_its_text_are_the_same_request() {
        record Before(String name, String email) {}
        record Now(String name, EmailAddress email) {}

        String first = once("op", new Before(name, "ada@example.test"), "1");
        String second = once("op", new Now(name, new EmailAddress("ada@example.test")), "2");

        assertThat(first).isEqualTo("1");
        assertThat(second).isEqualTo("1 again");
    }

    @Test
    void while_the_first_runs_its_key_is_taken() {
        var running =
                http.start(
                        http.request(
                                        "/api/v1/things?hold=true",
                                        "Content-Type",
                                        "application/json",
                                        "Idempotency-Key",
                                        key)
                                .POST(BodyPublishers.ofString(body(1))));
        await().until(() -> Things.GO.getQueueLength() == 1);

        var meanwhile = make(key, body(1));

        var _ = meanwhile.problem(409, "idempotency-key-in-use");
        assertThat(meanwhile.header("Retry-After")).isEqualTo("1");
        Things.GO.release();
        assertThat(running.join().status()).isEqualTo(201);
        assertThat(make(key, body(1)).header("Location"))
                .isEqualTo(running.join().header("Location"));
        assertThat(made()).isEqualTo(1);
    }

    @Test
    void of_many_at_once_one_has_the_effect() {
        var answers =
                IntStream.range(0, 8)
                        .mapToObj(_ ->
                                http.start(
                                        http.request(
                                                        "/api/v1/things",
                                                        "Content-Type",
                                                        "application/json",
                                                        "Idempotency-Key",
                                                        key)
                                                .POST(BodyPublishers.ofString(body(1)))))
                        .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join().status()).isIn(201, 409));
        assertThat(answers).anySatisfy(a -> assertThat(a.join().status()).isEqualTo(201));
        assertThat(made()).isEqualTo(1);
    }

    @Test
    void a_refusal_stores_nothing_and_the_mended_request_may_use_the_key() {
        var refused = http.post("/api/v1/things?fail=true", body(1), "Idempotency-Key", key);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(stored()).isZero();
        assertThat(make(key, body(2)).status()).isEqualTo(201);
        assertThat(made()).isEqualTo(1);
    }

    /// E.g. because the commit failed: the key goes with the effect.
    @Test
    void a_transaction_that_rolls_back_takes_its_key_with_it() {
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> {
                    var _ = once("POST /", new Answerless(1), "x");
                    status.setRollbackOnly();
                });

        assertThat(stored()).isZero();
    }

    @Test
    void without_a_key_every_request_has_its_effect() {
        assertThat(http.post("/api/v1/things", body(1)).status()).isEqualTo(201);

        assertThat(http.post("/api/v1/things", body(1)).status()).isEqualTo(201);
        assertThat(made()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb"})
    void a_key_that_is_none_is_refused(String bad) {
        var _ = make(bad, body(1)).problem(400, "invalid-idempotency-key");
        assertThat(made()).isZero();
    }

    @Test
    void a_key_may_be_long_but_not_endless() {
        assertThat(make("k".repeat(255), body(1)).status()).isEqualTo(201);

        var _ = make("k".repeat(256), body(2)).problem(400, "invalid-idempotency-key");
    }

    @Test
    void the_key_and_its_effect_are_one_transaction() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        keys.once(
                                key,
                                "POST /",
                                new Answerless(1),
                                this::insert,
                                _ -> {
                                    throw new IllegalStateException("as a test");
                                },
                                id -> id));

        assertThat(made()).isZero();
        assertThat(stored()).isZero();
    }

    @Test
    void what_was_made_before_is_found_again_in_the_same_transaction() {
        var _ = once("POST /", new Answerless(1), "x");

        boolean transactional =
                keys.once(
                        key,
                        "POST /",
                        new Answerless(1),
                        () -> false,
                        Object::toString,
                        _ -> TransactionSynchronizationManager.isActualTransactionActive());

        assertThat(transactional).isTrue();
    }

    @Test
    void a_key_is_kept_for_a_day_and_then_forgotten() {
        assertThat(make(key, body(1)).status()).isEqualTo(201);
        age("23 hours 59 minutes");
        int _ = cleaning.clean(() -> false);
        assertThat(stored()).isEqualTo(1);

        age("2 minutes");
        int _ = cleaning.clean(() -> false);

        assertThat(stored()).isZero();
    }

    private record Answerless(int n) {}

    /// An effect that makes a resource of which nothing but the id is known.
    private String once(String operation, Object request, String id) {
        return keys.once(
                key, operation, request, () -> id, made -> made, stored -> stored + " again");
    }

    private String insert() {
        int _ =
                jdbc.sql("insert into thing values (?, ?, 1)")
                        .params(UUID.randomUUID(), name)
                        .update();
        return name;
    }

    private Answer make(String withKey, String body) {
        return http.post("/api/v1/things", body, "Idempotency-Key", withKey);
    }

    private String body(int quantity) {
        return "{\"name\": \"%s\", \"quantity\": %d}".formatted(name, quantity);
    }

    private int made() {
        return count("select count(*) from thing where name = ?", name);
    }

    private int stored() {
        return count("select count(*) from web.idempotency_key where key = ?", key);
    }

    private int count(String query, String parameter) {
        return jdbc.sql(query).param(parameter).query(Integer.class).single();
    }

    private void age(String by) {
        int rows =
                jdbc.sql(
                                """
                                update web.idempotency_key
                                set created_at = created_at - cast(? as interval)
                                where key = ?
                                """)
                        .params(by, key)
                        .update();
        assertThat(rows).isEqualTo(1);
    }
}
