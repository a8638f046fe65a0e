package io.eventshop.messaging.internal.outbox;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.launcher.servers.WireRecord;
import io.eventshop.messaging.AggregateTable;
import io.eventshop.messaging.AppendListener;
import io.eventshop.messaging.Appended;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.Outbox;
import io.eventshop.messaging.database.ReconnectingDataSource;
import io.eventshop.testkit.EventShopTestConfiguration;
import io.eventshop.testkit.KafkaProbe;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/// The outbox as a service gets it: by the dependency, one bean and the common settings.
@SpringBootTest(
        classes = OutboxWiringTest.Service.class,
        properties = {
            "spring.application.name=order-service",
            "spring.config.import=classpath:eventshop-messaging.yml"
        })
class OutboxWiringTest {

    private final UUID orderId = UUID.randomUUID();

    @Autowired private Outbox outbox;
    @Autowired private OutboxEndpoint endpoint;
    @Autowired private RelayPool relayPool;
    @Autowired private MeterRegistry meters;
    @Autowired private Tracer tracer;
    @Autowired private JdbcClient jdbc;
    @Autowired private TransactionOperations transaction;
    @Autowired private History history;

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(EventShopTestConfiguration.class)
    static class Service {

        @Bean
        EventCatalog events() {
            return ShopEvents.CATALOG;
        }

        @Bean
        AggregateTable orders() {
            return TestShop.ORDERS;
        }

        @Bean
        History history() {
            return new History(new CopyOnWriteArrayList<>());
        }
    }

    record History(List<Appended> events) implements AppendListener {

        @Override
        public void appended(List<Appended> more) {
            events.addAll(more);
        }
    }

    @BeforeEach
    void createOrders() {
        int _ =
                jdbc.sql(
                                """
                                create table if not exists orders (
                                    id uuid primary key,
                                    event_version bigint not null)
                                """)
                        .update();
    }

    @Test
    void the_relay_is_back_as_soon_as_its_database() throws SQLException {
        assertThat(relayPool.dataSource().unwrap(HikariDataSource.class).getDataSource())
                .isInstanceOf(ReconnectingDataSource.class);
    }

    @Test
    void an_event_goes_to_the_topic_of_its_service_with_the_trace_it_was_made_in() {
        Span span = tracer.nextSpan().start();
        EventMetadata metadata;
        try (var _ = tracer.withSpan(span)) {
            metadata = confirm();
        } finally {
            span.end();
        }

        assertThat(metadata.traceparent()).contains(span.context().traceId());
        try (var probe = KafkaProbe.ofTestServers()) {
            await().until(() -> !published(probe).isEmpty());
            assertThat(published(probe))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.id()).isEqualTo(metadata.id());
                        assertThat(record.headers())
                                .containsEntry("traceparent", metadata.traceparent())
                                .containsEntry("ce_traceparent", metadata.traceparent());
                    });
        }
    }

    @Test
    void the_meters_count_what_is_published() {
        double before = meters.get("eventshop.outbox.published").counter().count();

        EventMetadata _ = confirm();

        await().until(() -> meters.get("eventshop.outbox.published").counter().count() > before);
        assertThat(meters.get("eventshop.outbox.publish.latency").timer().count()).isPositive();
        assertThat(meters.get("eventshop.outbox.backlog").gauge().value()).isNotNaN();
        assertThat(meters.get("eventshop.outbox.parked").gauge().value()).isZero();
        assertThat(meters.get("eventshop.outbox.oldest.age.seconds").gauge().value()).isNotNaN();
    }

    @Test
    void write_operations_are_off_unless_someone_turns_them_on() {
        var answer =
                endpoint.change(
                        OutboxEndpoint.Change.RETRY, "orders.events", "some-key", "ann", "why not");

        assertThat(answer.getStatus()).isEqualTo(403);
        assertThat(Objects.requireNonNull(answer.getBody()).message())
                .contains("eventshop.messaging.write-operations=true");
    }

    private EventMetadata confirm() {
        transaction.executeWithoutResult(_ -> {
            int _ = jdbc.sql("insert into orders values (?, 1)").param(orderId).update();
            outbox.append(List.of(new NumberedEvent(new OrderConfirmed(orderId), 1)));
        });
        return history.events().getLast().metadata();
    }

    private List<WireRecord> published(KafkaProbe probe) {
        return probe.records("orders.events", orderId.toString());
    }
}
