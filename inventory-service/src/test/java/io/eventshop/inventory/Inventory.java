package io.eventshop.inventory;

import static io.eventshop.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.item.ItemService;
import io.eventshop.inventory.item.ItemService.ListItem;
import io.eventshop.inventory.item.ItemView;
import io.eventshop.inventory.reservation.LockedStock;
import io.eventshop.inventory.reservation.ReservationService;
import io.eventshop.inventory.reservation.ReservationStatus;
import io.eventshop.inventory.reservation.ReservationView;
import io.eventshop.launcher.servers.WireRecord;
import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.internal.codec.Envelope;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.messaging.internal.inbox.Inbox;
import io.eventshop.messaging.transport.Delivery;
import io.eventshop.messaging.transport.Position;
import io.eventshop.testkit.Fact;
import io.eventshop.testkit.KafkaProbe;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What tests say to inventory, and what they see of it.
@TestComponent
public class Inventory implements AutoCloseable {

    private static final AtomicLong COUNTER = new AtomicLong();

    private final ItemService items;
    private final ReservationService reservations;
    private final Inbox inbox;
    private final Subscription<LockedStock> subscription;
    private final JdbcClient jdbc;
    private final EventCodec codec = new EventCodec(ShopEvents.CATALOG);
    private final KafkaProbe kafka;

    Inventory(
            ItemService items,
            ReservationService reservations,
            Inbox inbox,
            Subscription<LockedStock> subscription,
            JdbcClient jdbc,
            @Value("${spring.kafka.bootstrap-servers}") String bootstrapServers) {
        this.items = items;
        this.reservations = reservations;
        this.inbox = inbox;
        this.subscription = subscription;
        this.jdbc = jdbc;
        this.kafka = new KafkaProbe(bootstrapServers);
    }

    /// A new item that no other test knows.
    public Sku itemWith(long onHand) {
        return itemWith(onHand, 0);
    }

    public Sku itemWith(long onHand, long reorderLevel) {
        var sku = unknownSku();
        items.introduce(
                new ListItem(sku, "Item " + sku, new Money(1000, "EUR"), reorderLevel), onHand);
        return sku;
    }

    public static Sku unknownSku() {
        return new Sku("TEST-" + COUNTER.incrementAndGet());
    }

    public static UUID newOrder() {
        return UUID.randomUUID();
    }

    public static OrderPlaced placed(UUID order, OrderPlaced.Line... lines) {
        return new OrderPlaced(
                order,
                "customer-1",
                new EmailAddress("ada@example.test"),
                List.of(lines),
                new Money(1, "EUR"));
    }

    public static OrderPlaced.Line line(Sku sku, int quantity) {
        return new OrderPlaced.Line(sku, quantity, new Money(1, "EUR"));
    }

    public static OrderCancelled cancelled(UUID order) {
        return new OrderCancelled(order, OrderCancelled.Reason.CUSTOMER_REQUEST);
    }

    /// These events arrive in one batch; each is new.
    public void hears(Event... events) {
        receives(Stream.of(events).map(this::delivery).toList());
    }

    /// These records arrive in one batch.
    public void receives(List<Delivery> batch) {
        inbox.receive(subscription, batch);
    }

    /// A record of an event, with an id of its own.
    public Delivery delivery(Event event) {
        var topic = ShopEvents.CATALOG.of(event.getClass()).topic();
        return new Delivery(
                Fact.of(event).attributes(),
                event.aggregateId().getBytes(UTF_8),
                codec.encode(event),
                new Position("test", topic.name(), "0", "" + COUNTER.incrementAndGet()),
                Instant.EPOCH);
    }

    /// The inbox no longer knows what it has processed.
    public void forgetsWhatItProcessed() {
        var _ = jdbc.sql("delete from messaging.processed_message").update();
    }

    public ItemView item(Sku sku) {
        return items.find(sku);
    }

    public Optional<ReservationView> reservation(UUID order) {
        return reservations.find(order);
    }

    public ReservationStatus status(UUID order) {
        return reservation(order).orElseThrow().status();
    }

    /// All events about this order's stock that were published, once everything is published.
    public List<Event> eventsAbout(UUID order) {
        return published(Topics.RESERVATIONS, order.toString());
    }

    /// All events about the item's stock, likewise.
    public List<Event> stockEventsAbout(Sku sku) {
        return published(Topics.STOCK, sku.value());
    }

    /// All that was said about the item's name and price, likewise.
    public List<Event> listingsOf(Sku sku) {
        return published(Topics.ITEMS, sku.value());
    }

    public List<WireRecord> records(Topic topic, String key) {
        publishesAll();
        return kafka.records(topic.name(), key);
    }

    public List<WireRecord> records(Topic topic) {
        publishesAll();
        return kafka.records(topic.name());
    }

    private void publishesAll() {
        eventually(() -> assertThat(count("select count(*) from messaging.outbox")).isZero());
    }

    private List<Event> published(Topic topic, String key) {
        return records(topic, key).stream()
                .map(record -> codec.decode(new Envelope(record.attributes(), record.bytes())))
                .toList();
    }

    /// Orders says this, on its topic.
    ///
    /// @return the id of the event
    public UUID isTold(Event event) {
        var topic = ShopEvents.CATALOG.of(event.getClass()).topic().name();
        var fact = Fact.of(event);
        kafka.ensureTopic(topic, Topic.PARTITIONS);
        kafka.publish(topic, event.aggregateId(), fact.attributes(), codec.encode(event));
        return fact.id();
    }

    /// What must hold at any time: nothing is oversold, and what is reserved is what the open
    /// reservations hold.
    public void staysExact() {
        var wrong =
                jdbc.sql(
                                """
                                select item.sku
                                from item
                                left join (
                                    select line.sku, sum(line.quantity) as held
                                    from reservation_line line
                                    join reservation using (order_id)
                                    where reservation.status = 'RESERVED'
                                    group by line.sku
                                ) open using (sku)
                                where item.reserved <> coalesce(open.held, 0)
                                   or item.reserved > item.on_hand
                                """)
                        .query(String.class)
                        .list();
        assertThat(wrong).as("items whose stock is wrong").isEmpty();
    }

    public long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
