package io.eventshop.messaging.internal.inbox;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.database.ReconnectingDataSource;
import io.eventshop.messaging.database.SchemaMigration;
import io.eventshop.messaging.internal.inbox.FailureClassifier.Kind;
import io.eventshop.testkit.EventShopTestConfiguration;
import io.eventshop.testkit.PromisedTime;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/// The connections that a service gets from the common settings.
@SpringBootTest(
        classes = ServicePoolTest.Service.class,
        properties = {
            "spring.application.name=pool",
            "spring.config.import=classpath:eventshop-messaging.yml",
            "spring.flyway.locations=classpath:db/pool"
        })
@ExtendWith(OutputCaptureExtension.class)
class ServicePoolTest {

    private static final UUID ORDER = UUID.randomUUID();

    private final Arrivals arrivals = new Arrivals();

    @Autowired private Inbox inbox;
    @Autowired private Subscription<?> subscription;
    @Autowired private DeadLetters deadLetters;
    @Autowired private HikariDataSource dataSource;
    @Autowired private JdbcTemplate jdbc;
    @Autowired private PlatformTransactionManager manager;
    @Autowired private MeterRegistry meters;

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(EventShopTestConfiguration.class)
    static class Service {

        @Bean
        EventCatalog events() {
            return ShopEvents.CATALOG;
        }

        @Bean
        Subscription<List<Event>> effects(JdbcTemplate jdbc) {
            return Subscription.named("effects")
                    .from(new Topic("nothing.events", "nobody", "order", "orderId", null))
                    .on(
                            OrderConfirmed.class,
                            (_, _, _) -> {
                                jdbc.update("update item set reserved = reserved + 1");
                                return List.of();
                            })
                    .on(
                            OrderPlaced.class,
                            (event, _, _) -> {
                                jdbc.update(
                                        "insert into contact values (?)", event.email().value());
                                return List.of();
                            });
        }
    }

    @Test
    void an_instance_that_is_paused_with_a_row_locked_makes_no_event_a_dead_letter()
            throws SQLException {
        var event = arrivals.of(ORDER);
        try (var paused = dataSource.getConnection();
                var statement = paused.createStatement()) {
            paused.setAutoCommit(false);
            statement.execute("select * from item for update");

            inbox.receive(subscription, List.of(event));

            await().until(() -> reserved() == 1);
            assertThatThrownBy(paused::commit).isInstanceOf(SQLException.class);
        }
        assertThat(deadLetters.find(subscription.name(), Arrivals.id(event))).isEmpty();
    }

    private int reserved() {
        Integer reserved = jdbc.queryForObject("select reserved from item", Integer.class);
        return reserved == null ? 0 : reserved;
    }

    @Test
    void an_address_in_a_row_that_is_refused_stands_neither_in_the_letter_nor_in_the_log(
            CapturedOutput output) {
        String order = UUID.randomUUID().toString();
        String placed =
                """
                {"orderId":"%s","customerId":"c","email":"ada@example.test",
                 "lines":[{"sku":"A-1","quantity":1,"unitPrice":{"amountMinor":1,"currency":"EUR"}}],
                 "total":{"amountMinor":1,"currency":"EUR"}}
                """
                        .formatted(order);
        var event =
                arrivals.raw(
                        order,
                        it -> it.put("type", "org.eventshop.orders.order-placed.v2"),
                        placed);

        inbox.receive(subscription, List.of(event));

        var letter = deadLetters.find(subscription.name(), Arrivals.id(event)).orElseThrow();
        assertThat(letter.reason()).contains("contact_email_check").doesNotContain("@");
        assertThat(output).contains("cannot be applied").doesNotContain("ada@");
    }

    @Test
    @Tag("promised-time")
    void a_scrape_is_answered_in_time_while_no_connection_is_to_be_had() throws SQLException {
        var taken = new ArrayList<Connection>();
        try {
            while (taken.size() < dataSource.getMaximumPoolSize()) {
                taken.add(dataSource.getConnection());
            }

            long start = System.nanoTime();
            for (String gauge : List.of("deadletters.open", "keys.blocked")) {
                assertThat(meters.get("eventshop.inbox." + gauge).gauge().value()).isNaN();
            }
            new PromisedTime("a scrape without a connection", Duration.ofSeconds(3))
                    .judge(Duration.ofNanos(System.nanoTime() - start));
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }

    @Test
    void the_pool_is_back_as_soon_as_its_database() {
        assertThat(dataSource.getDataSource()).isInstanceOf(ReconnectingDataSource.class);
    }

    /// Not the one that all sessions of a service have, which is running by then.
    @Test
    void the_inbox_has_a_time_limit_of_its_own() {
        var properties =
                InboxFixture.properties(Map.of("eventshop.inbox.transaction-timeout", "300ms"));
        var transactions =
                new BoundedTransactions(manager, JdbcClient.create(dataSource), properties);

        var ended =
                catchThrowable(
                        () -> transactions.run(() -> jdbc.queryForList("select pg_sleep(20)")));

        assertThat(ended).isNotNull();
        assertThat(FailureClassifier.classify(ended)).isEqualTo(Kind.INFRASTRUCTURE);
    }

    @Test
    void a_migration_may_take_as_long_as_it_takes_but_not_wait_for_a_lock() {
        new SchemaMigration(dataSource, "library", "classpath:db/pool").afterPropertiesSet();

        for (String schema : List.of("public", "library")) {
            assertThat(jdbc.queryForMap("select * from %s.migrated".formatted(schema)))
                    .isEqualTo(
                            Map.of(
                                    "transaction_timeout", "0",
                                    "idle_timeout", "0",
                                    "lock_timeout", "1s"));
        }
        assertThat(jdbc.queryForObject("show transaction_timeout", String.class)).isEqualTo("30s");
    }
}
