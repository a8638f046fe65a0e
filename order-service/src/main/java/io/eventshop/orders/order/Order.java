package io.eventshop.orders.order;

import static io.eventshop.orders.order.OrderStatus.CANCELLED;
import static io.eventshop.orders.order.OrderStatus.CONFIRMED;
import static io.eventshop.orders.order.OrderStatus.PENDING;
import static io.eventshop.orders.order.OrderStatus.REJECTED;

import io.eventshop.contracts.Decision;
import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderEvent;
import io.eventshop.contracts.orders.OrderRejected;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An order, which is also the state of its saga: placed, then confirmed or rejected by the answer
/// of the stock, or cancelled.
///
/// Each input is a method, and each method is one column of the table in `docs/workflow.md`. It
/// decides and returns what happened; it knows no clock, no id maker and no database. What may not
/// be lost is counted by `eventVersion`, with each event that the order makes.
@Entity
@Table(name = "orders")
@SuppressWarnings("NullAway.Init") // JPA fills the fields
class Order {

    /// When a customer is told to expect the answer of the stock: far more than the few hundred
    /// milliseconds it takes, and short enough to wait for.
    static final Duration EXPECTED_WITHIN = Duration.ofSeconds(5);

    @Id private UUID id;
    private String customerId;

    @Enumerated(EnumType.STRING)
    private OrderStatus status;

    @Enumerated(EnumType.STRING)
    private @Nullable OrderReason reason;

    @ElementCollection
    @CollectionTable(name = "order_line", joinColumns = @JoinColumn(name = "order_id"))
    @OrderColumn(name = "position")
    private List<OrderLine> lines;

    private String currency;
    private long totalMinor;
    private Instant placedAt;
    private Instant expectedBy;
    private long eventVersion;

    /// Boxed, because null is how JPA knows a new order with an assigned id from one that it would
    /// have to look for first.
    @Version private @Nullable Integer version;

    protected Order() {}

    private Order(UUID id, String customerId, Quote quote, Instant now) {
        this.id = id;
        this.customerId = customerId;
        this.status = PENDING;
        this.lines =
                quote.lines().stream()
                        .map(line -> OrderLine.of(line.sku(), line.quantity(), line.unitPrice()))
                        .toList();
        this.currency = quote.total().currency();
        this.totalMinor = quote.total().amountMinor();
        this.placedAt = now;
        this.expectedBy = now.plus(EXPECTED_WITHIN);
    }

    /// The customer's address is in the event and not in the order: it travels once, to the one
    /// service that writes to customers.
    ///
    /// @param prices today's, which the order keeps whatever happens to them later
    /// @throws RefusedOrder if an item has no price or the lines cannot be summed up
    static Placement place(UUID id, PlaceOrder wish, Map<Sku, Money> prices, Instant now) {
        var quote = Quote.of(wish, prices);
        var order = new Order(id, wish.customerId(), quote, now);
        return new Placement(order, order.counted(quote.placed(id, wish)));
    }

    /// @param order new, not saved yet
    /// @param event its first
    record Placement(Order order, NumberedEvent event) {}

    /// All of its stock is reserved.
    Decision confirm() {
        return switch (status) {
            case PENDING -> move(CONFIRMED, null, new OrderConfirmed(id));
            case CONFIRMED -> new Decision.Unchanged();
            case CANCELLED -> new Decision.Crossed();
            case REJECTED -> throw impossible("be confirmed");
        };
    }

    /// There is not enough of something, and nothing is reserved.
    Decision reject() {
        return switch (status) {
            case PENDING ->
                    move(
                            REJECTED,
                            OrderReason.OUT_OF_STOCK,
                            new OrderRejected(id, OrderRejected.Reason.OUT_OF_STOCK));
            case REJECTED -> new Decision.Unchanged();
            case CANCELLED -> new Decision.Crossed();
            case CONFIRMED -> throw impossible("be rejected");
        };
    }

    /// What was reserved is free again. Only a cancellation sets that off, so no other state can
    /// see it.
    Decision release() {
        return switch (status) {
            case CANCELLED -> new Decision.Unchanged();
            case PENDING, CONFIRMED, REJECTED -> throw impossible("have its stock released");
        };
    }

    /// The customer does not want it any more.
    Decision cancel() {
        return switch (status) {
            case PENDING, CONFIRMED ->
                    move(
                            CANCELLED,
                            OrderReason.CUSTOMER_REQUEST,
                            new OrderCancelled(id, OrderCancelled.Reason.CUSTOMER_REQUEST));
            case CANCELLED -> new Decision.Unchanged();
            case REJECTED ->
                    new Decision.Refused("order " + id + " is REJECTED and cannot be cancelled");
        };
    }

    /// The stock has not answered for too long. The answer may have arrived a moment ago; then it
    /// stands.
    Decision giveUp() {
        return switch (status) {
            case PENDING ->
                    move(
                            CANCELLED,
                            OrderReason.STOCK_UNANSWERED,
                            new OrderCancelled(id, OrderCancelled.Reason.STOCK_UNANSWERED));
            case CONFIRMED, REJECTED, CANCELLED -> new Decision.Unchanged();
        };
    }

    private Decision move(OrderStatus to, @Nullable OrderReason why, OrderEvent event) {
        status = to;
        reason = why;
        return new Decision.Happened(counted(event));
    }

    private NumberedEvent counted(OrderEvent event) {
        return new NumberedEvent(event, ++eventVersion);
    }

    private ImpossibleMove impossible(String move) {
        return new ImpossibleMove("order " + id + " is " + status + " and cannot " + move);
    }

    UUID id() {
        return id;
    }

    OrderStatus status() {
        return status;
    }

    @Nullable OrderReason reason() {
        return reason;
    }

    long eventVersion() {
        return eventVersion;
    }

    OrderView view() {
        return new OrderView(
                id,
                customerId,
                status,
                reason,
                eventVersion,
                lines.stream()
                        .map(line ->
                                new OrderView.Line(
                                        new Sku(line.sku()),
                                        line.quantity(),
                                        new Money(line.unitPriceMinor(), currency)))
                        .toList(),
                new Money(totalMinor, currency),
                placedAt,
                expectedBy);
    }
}
