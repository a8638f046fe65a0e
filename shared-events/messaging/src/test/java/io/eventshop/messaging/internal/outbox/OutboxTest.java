package io.eventshop.messaging.internal.outbox;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.orders.OrderRejected;
import io.eventshop.contracts.stock.StockReceived;
import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.messaging.AggregateTable;
import io.eventshop.messaging.AppendListener;
import io.eventshop.messaging.Appended;
import io.eventshop.messaging.Correlation;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.Outbox;
import io.eventshop.messaging.transport.OutgoingRecord;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.UnexpectedRollbackException;

class OutboxTest {

    private static TestShop shop;

    private static AggregateTable items;

    private final UUID orderId = UUID.randomUUID();

    @BeforeAll
    static void openShop() {
        shop = TestShop.open();
        items = shop.table("item", "text");
    }

    @AfterAll
    static void closeShop() {
        shop.close();
    }

    @Test
    void events_have_the_numbers_that_their_aggregate_counted() {
        EventMetadata first = shop.confirm(orderId);
        EventMetadata second = shop.confirm(orderId);

        assertThat(first.aggregateVersion()).isEqualTo(1);
        assertThat(second.aggregateVersion()).isEqualTo(2);
    }

    @Test
    void several_events_of_one_change_keep_their_order() {
        shop.transaction.executeWithoutResult(_ -> {
            var confirmed = shop.counted(new OrderConfirmed(orderId));
            var rejected =
                    shop.counted(new OrderRejected(orderId, OrderRejected.Reason.OUT_OF_STOCK));
            shop.outbox.append(List.of(confirmed, rejected));
        });

        assertThat(inOrder("order", "type", orderId.toString()))
                .containsExactly(
                        "org.eventshop.orders.order-confirmed.v1 1",
                        "org.eventshop.orders.order-rejected.v1 2");
    }

    /// Many, of which each order has two that do not stand together: under a join that does not
    /// keep the order of its input, few of them would lie right.
    @Test
    void events_of_many_aggregates_of_several_kinds_lie_in_the_order_of_the_list() {
        var orders = Stream.generate(UUID::randomUUID).limit(300).toList();
        var appended = new ArrayList<Appended>();
        var outbox = outbox(List.of(appended::addAll), _ -> {});
        var events = new ArrayList<NumberedEvent>();

        shop.transaction.executeWithoutResult(_ -> {
            for (int round = 0; round < 2; round++) {
                for (UUID order : shuffled(orders)) {
                    events.add(shop.counted(new OrderConfirmed(order)));
                    events.add(received("SKU-" + order.hashCode() % 10));
                }
            }
            outbox.append(events);
        });

        assertThat(appended)
                .extracting(Appended::event)
                .isEqualTo(events.stream().map(NumberedEvent::event).toList());
        for (String type : List.of("order", "item")) {
            var ids = events.stream().map(it -> it.event().aggregateId()).collect(toSet());
            assertThat(inOrder(type, "aggregate_id", ids.toArray(String[]::new)))
                    .isEqualTo(
                            appended.stream()
                                    .filter(it -> isOf(type, it))
                                    .map(it -> it.metadata().subject() + " " + number(it))
                                    .toList());
        }
    }

    private static boolean isOf(String aggregateType, Appended appended) {
        return aggregateType.equals("item") == appended.event() instanceof StockReceived;
    }

    private static long number(Appended appended) {
        return appended.metadata().aggregateVersion();
    }

    private static List<UUID> shuffled(List<UUID> orders) {
        var shuffled = new ArrayList<>(orders);
        Collections.shuffle(shuffled, new Random(orders.hashCode()));
        return shuffled;
    }

    private static NumberedEvent received(String sku) {
        return new NumberedEvent(
                new StockReceived(new Sku(sku), 1, 1), shop.countEvent(items, sku));
    }

    @Test
    void what_a_listener_is_told_is_what_is_stored() {
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
    void the_flow_of_the_request_is_copied_into_the_event() {
        EventMetadata metadata = new Correlation("flow-1", null).get(() -> shop.confirm(orderId));

        assertThat(metadata.correlationId()).isEqualTo("flow-1");
        assertThat(metadata.causationId()).isNull();
    }

    /// It would go out before what earlier handlers of the batch return, and with a flush of its
    /// own.
    @Test
    void a_handler_returns_its_events_and_appends_none() {
        var handling = new Correlation("flow-1", "cause-1");

        assertThatIllegalStateException()
                .isThrownBy(() -> handling.get(() -> shop.confirm(orderId)))
                .withMessageContaining("returned by its handler");
    }

    @Test
    void events_that_nobody_asked_for_begin_a_flow_which_they_share() {
        var appended = new ArrayList<Appended>();
        var outbox = outbox(List.of(appended::addAll), _ -> {});

        shop.transaction.executeWithoutResult(_ ->
                outbox.append(
                        List.of(
                                shop.counted(new OrderConfirmed(orderId)),
                                shop.counted(new OrderConfirmed(UUID.randomUUID())))));

        assertThat(appended).hasSize(2);
        assertThat(appended)
                .extracting(it -> it.metadata().correlationId())
                .containsOnly(appended.getFirst().metadata().correlationId())
                .doesNotContain("");
        assertThat(appended).extracting(it -> it.metadata().causationId()).containsOnlyNulls();
    }

    @Test
    void outside_a_transaction_nothing_is_appended() {
        var event = new NumberedEvent(new OrderConfirmed(orderId), 1);

        assertThatExceptionOfType(IllegalTransactionStateException.class)
                .isThrownBy(() -> shop.outbox.append(List.of(event)));
    }

    @Test
    void an_event_that_is_too_large_is_refused_before_it_is_written() {
        var price = new Money(100, "EUR");
        var line = new OrderPlaced.Line(new Sku("TEA-001"), 1, price);
        var email = new EmailAddress("a".repeat(OutgoingRecord.SIZE_MAX) + "@example.com");
        var event = new OrderPlaced(orderId, "customer-1", email, List.of(line), price);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.transaction.executeWithoutResult(_ -> shop.append(event)))
                .withMessageContaining("the limit is 262,144")
                .withMessageNotContaining("@example.com");
    }

    @Test
    void what_is_rolled_back_is_not_in_the_outbox() {
        shop.transaction.executeWithoutResult(status -> {
            shop.append(new OrderConfirmed(orderId));
            status.setRollbackOnly();
        });

        assertThat(inOrder("order", "type", orderId.toString())).isEmpty();
    }

    @Test
    void no_events_are_no_write() {
        var appended = new ArrayList<Appended>();
        var outbox = outbox(List.of(appended::addAll), _ -> {});

        var transactionId =
                shop.transaction.execute(_ -> {
                    outbox.append(List.of());
                    return shop.jdbc
                            .sql("select coalesce(pg_current_xact_id_if_assigned()::text, 'none')")
                            .query(String.class)
                            .single();
                });

        assertThat(transactionId).isEqualTo("none");
        assertThat(appended).isEmpty();
    }

    @Test
    void a_listener_is_called_once_for_all_events_in_their_transaction() {
        var calls = new ArrayList<Integer>();
        shop.execute("create table history (event_id uuid primary key, number bigint not null)");
        AppendListener history =
                events -> {
                    calls.add(events.size());
                    events.forEach(OutboxTest::keep);
                };
        var outbox = outbox(List.of(history), _ -> {});

        shop.transaction.executeWithoutResult(_ ->
                outbox.append(
                        List.of(
                                shop.counted(new OrderConfirmed(orderId)),
                                received("TEA-001"),
                                shop.counted(new OrderConfirmed(orderId)))));
        shop.transaction.executeWithoutResult(status -> {
            outbox.append(List.of(shop.counted(new OrderConfirmed(orderId))));
            status.setRollbackOnly();
        });

        assertThat(calls).containsExactly(3, 1);
        assertThat(shop.number("select count(*) from history")).isEqualTo(3);
        assertThat(
                        shop.number(
                                "select count(*) from history join messaging.outbox"
                                        + " on id = event_id and aggregate_version = number"))
                .isEqualTo(3);
    }

    private static void keep(Appended appended) {
        int _ =
                shop.jdbc
                        .sql("insert into history values (?, ?)")
                        .params(appended.metadata().id(), number(appended))
                        .update();
    }

    @Test
    void what_a_listener_throws_rolls_the_events_back_even_if_it_is_caught() {
        AppendListener failing =
                _ -> {
                    throw new IllegalStateException("as a test");
                };
        var outbox = outbox(List.of(failing), _ -> {});

        assertThatExceptionOfType(UnexpectedRollbackException.class)
                .isThrownBy(() ->
                        shop.transaction.executeWithoutResult(_ -> {
                            var event = shop.counted(new OrderConfirmed(orderId));
                            assertThatIllegalStateException()
                                    .isThrownBy(() -> outbox.append(List.of(event)))
                                    .withMessage("as a test");
                        }));

        assertThat(inOrder("order", "type", orderId.toString())).isEmpty();
    }

    @Test
    void relays_are_woken_once_for_each_shard_and_after_the_commit() {
        var woken = new ArrayList<Integer>();
        var outbox = outbox(List.of(), woken::add);
        var orders = Stream.generate(UUID::randomUUID).limit(50).toList();

        shop.transaction.executeWithoutResult(_ -> {
            for (var half : List.of(orders.subList(0, 25), orders.subList(25, 50))) {
                outbox.append(
                        half.stream().map(id -> shop.counted(new OrderConfirmed(id))).toList());
            }
            assertThat(woken).isEmpty();
        });

        var shards = orders.stream().map(id -> Shard.of(id.toString())).collect(toSet());
        assertThat(woken).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(shards);
    }

    @Test
    void a_rollback_wakes_no_relay() {
        var woken = new ArrayList<Integer>();
        var outbox = outbox(List.of(), woken::add);

        shop.transaction.executeWithoutResult(status -> {
            outbox.append(List.of(shop.counted(new OrderConfirmed(orderId))));
            status.setRollbackOnly();
        });

        assertThat(woken).isEmpty();
    }

    private static Outbox outbox(List<AppendListener> listeners, IntConsumer relayWakeUp) {
        return TestOutbox.on(
                shop.requests,
                TestShop.stamp(Clock.systemUTC()),
                List.of(TestShop.ORDERS, items),
                listeners,
                relayWakeUp);
    }

    /// A column and the number of the events of these aggregates, as the relay would read them.
    private static List<String> inOrder(String aggregateType, String column, String... ids) {
        return shop.jdbc
                .sql(
                        """
                        select %s || ' ' || aggregate_version
                        from messaging.outbox
                        where aggregate_type = ? and aggregate_id = any (?)
                        order by seq
                        """
                                .formatted(column))
                .params(aggregateType, ids)
                .query((row, _) -> row.getString(1))
                .list();
    }
}
