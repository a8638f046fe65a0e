package io.eventshop.messaging.internal.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.orders.OrderRejected;
import io.eventshop.contracts.stock.StockReceived;
import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.messaging.Correlation;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.internal.transport.OutgoingRecord;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

class OutboxTest {

    private static TestShop shop;

    private final UUID orderId = UUID.randomUUID();

    @BeforeAll
    static void openShop() {
        shop = TestShop.open();
    }

    @AfterAll
    static void closeShop() {
        shop.close();
    }

    @Test
    void events_are_numbered_by_their_aggregates_counter() {
        EventMetadata first = shop.confirm(orderId);
        EventMetadata second = shop.confirm(orderId);

        assertThat(first.aggregateVersion()).isEqualTo(1);
        assertThat(second.aggregateVersion()).isEqualTo(2);
    }

    @Test
    void several_events_of_one_change_keep_their_order() {
        var confirmed = new OrderConfirmed(orderId);
        var rejected = new OrderRejected(orderId, OrderRejected.Reason.OUT_OF_STOCK);

        List<EventMetadata> metadata =
                shop.transaction.execute(_ -> {
                    shop.countEvent(orderId);
                    shop.countEvent(orderId);
                    return shop.outbox.append(List.of(confirmed, rejected));
                });

        assertThat(metadata).extracting(EventMetadata::aggregateVersion).containsExactly(1L, 2L);
        assertThat(typesInOrder())
                .containsExactly(
                        "org.eventshop.orders.order-confirmed.v1",
                        "org.eventshop.orders.order-rejected.v1");
    }

    @Test
    void what_is_returned_is_what_is_stored() {
        EventMetadata metadata = shop.confirm(orderId);

        assertThat(metadata.source()).isEqualTo("/order-service");
        assertThat(metadata.subject()).isEqualTo(orderId.toString());
        assertThat(metadata.dataSchema())
                .isEqualTo("http://localhost:8081/schemas/orders.order-confirmed/1.0.0");
        assertThat(metadata.id().version()).isEqualTo(7);
        assertThat(
                        shop.jdbc
                                .sql(
                                        """
                                        select id = ? and occurred_at = ? and correlation_id = ?
                                        from messaging.outbox
                                        where aggregate_id = ?
                                        """)
                                .params(
                                        metadata.id(),
                                        metadata.time().atOffset(ZoneOffset.UTC),
                                        metadata.correlationId(),
                                        orderId.toString())
                                .query(Boolean.class)
                                .single())
                .isTrue();
    }

    @Test
    void the_flow_that_is_being_handled_is_copied_into_the_event() throws Exception {
        EventMetadata metadata =
                new Correlation("flow-1", "cause-1").call(() -> shop.confirm(orderId));

        assertThat(metadata.correlationId()).isEqualTo("flow-1");
        assertThat(metadata.causationId()).isEqualTo("cause-1");
    }

    @Test
    void an_event_that_nobody_asked_for_begins_a_flow() {
        EventMetadata metadata = shop.confirm(orderId);

        assertThat(metadata.correlationId()).isNotBlank();
        assertThat(metadata.causationId()).isNull();
    }

    @Test
    void outside_a_transaction_nothing_is_appended() {
        assertThatIllegalStateException()
                .isThrownBy(() -> shop.outbox.append(new OrderConfirmed(orderId)))
                .withMessageContaining("transaction");
    }

    @Test
    void an_aggregate_that_was_saved_earlier_must_be_written_again() {
        EventMetadata _ = shop.confirm(orderId);

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        shop.transaction.execute(
                                _ -> shop.outbox.append(new OrderConfirmed(orderId))))
                .withMessageContaining("order " + orderId + " was not written and flushed");
    }

    @Test
    void an_aggregate_that_was_only_locked_must_be_written() {
        EventMetadata _ = shop.confirm(orderId);

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        shop.transaction.execute(_ -> {
                            long _ =
                                    shop.number(
                                            "select event_version from orders where id = '"
                                                    + orderId
                                                    + "' for update");
                            return shop.outbox.append(new OrderConfirmed(orderId));
                        }))
                .withMessageContaining("was not written and flushed");
    }

    @Test
    void an_aggregate_that_is_not_flushed_yet_has_no_row() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        shop.transaction.execute(
                                _ -> shop.outbox.append(new OrderConfirmed(orderId))))
                .withMessageContaining("was not written and flushed");
    }

    @Test
    void an_aggregate_that_did_not_count_its_events_is_found_out() {
        var two = List.of(new OrderConfirmed(orderId), new OrderConfirmed(orderId));

        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() ->
                        shop.transaction.execute(_ -> {
                            shop.countEvent(orderId);
                            return shop.outbox.append(two);
                        }))
                .withMessageContaining("aggregate_version");
    }

    @Test
    void events_of_two_aggregates_need_two_calls() {
        var two = List.of(new OrderConfirmed(orderId), new OrderConfirmed(UUID.randomUUID()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.transaction.execute(_ -> shop.outbox.append(two)))
                .withMessageContaining("several aggregates");
    }

    @Test
    void an_aggregate_without_a_declared_table_is_refused() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        shop.transaction.execute(_ ->
                                shop.outbox.append(new StockReceived(new Sku("TEA-001"), 1, 1))))
                .withMessageContaining("no AggregateTable bean");
    }

    @Test
    void an_event_that_is_too_large_is_refused_before_it_is_written() {
        var price = new Money(100, "EUR");
        var line = new OrderPlaced.Line(new Sku("TEA-001"), 1, price);
        var email = new EmailAddress("a".repeat(OutgoingRecord.SIZE_MAX) + "@example.com");
        var event = new OrderPlaced(orderId, "customer-1", email, List.of(line), price);

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        shop.transaction.execute(_ -> {
                            shop.countEvent(orderId);
                            return shop.outbox.append(event);
                        }))
                .withMessageContaining("the limit is 262,144")
                .withMessageNotContaining("@example.com");
    }

    @Test
    void what_is_rolled_back_is_not_in_the_outbox() {
        shop.transaction.executeWithoutResult(status -> {
            shop.countEvent(orderId);
            EventMetadata _ = shop.outbox.append(new OrderConfirmed(orderId));
            status.setRollbackOnly();
        });

        assertThat(typesInOrder()).isEmpty();
    }

    private List<String> typesInOrder() {
        return shop.jdbc
                .sql("select type from messaging.outbox where aggregate_id = ? order by seq")
                .param(orderId.toString())
                .query((result, _) -> result.getString("type"))
                .list();
    }
}
