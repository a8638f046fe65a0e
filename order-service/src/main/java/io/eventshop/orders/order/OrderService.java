package io.eventshop.orders.order;

import io.eventshop.contracts.Decision;
import io.eventshop.messaging.Outbox;
import io.eventshop.orders.item.ItemCopies;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.IdGenerator;

/// What customers can do with an order: place it, and cancel it. [OrderQueries] is for looking,
/// [OrderSaga] for what the stock answers, [StockDeadline] for when it does not.
@Service
public class OrderService {

    /// How often a cancellation is tried again when others change the same order at the same time:
    /// an order changes three times in its life.
    private static final int CANCELLATION_RETRIES_MAX = 4;

    private final Orders orders;
    private final ItemCopies items;
    private final Outbox outbox;
    private final Clock clock;
    private final IdGenerator ids;

    OrderService(Orders orders, ItemCopies items, Outbox outbox, Clock clock, IdGenerator ids) {
        this.orders = orders;
        this.items = items;
        this.outbox = outbox;
        this.clock = clock;
        this.ids = ids;
    }

    /// Takes the order; the stock answers later.
    ///
    /// @throws RefusedOrder if an item is unknown, or the lines cannot be summed up
    @Transactional
    public OrderView place(PlaceOrder wish) {
        var skus = wish.lines().stream().map(PlaceOrder.Line::sku).toList();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var placement = Order.place(ids.generateId(), wish, items.pricesOf(skus), now);
        var order = orders.save(placement.order());
        outbox.append(List.of(placement.event()));
        return order.view();
    }

    /// Cancels the order; what is reserved for it gets free. Cancelling a cancelled order changes
    /// nothing and is no mistake.
    ///
    /// The answer of the stock may arrive in the middle of it. Then the version of one of the two
    /// is stale at the flush, and the cancellation decides again on the order as it is now, in
    /// another transaction; who has named a version is told that it is gone.
    ///
    /// @param precondition gets the version of the order as it was found, and throws to refuse.
    ///   Asked only where something would happen: RFC 9110 (13.2.1) wants a refusal that has
    ///   nothing to do with versions to be said as such
    /// @throws OrderNotFound if there is none
    /// @throws CancellationRefused if the order was rejected
    @Retryable(
            includes = OptimisticLockingFailureException.class,
            maxRetries = CANCELLATION_RETRIES_MAX,
            delay = 0)
    @Transactional
    public OrderView cancel(UUID orderId, Consumer<OptionalLong> precondition) {
        var order = orders.findWithLines(orderId).orElseThrow(() -> new OrderNotFound(orderId));
        var version = OptionalLong.of(order.eventVersion());
        switch (order.cancel()) {
            case Decision.Happened(var events) -> {
                precondition.accept(version);
                outbox.append(events);
            }
            case Decision.Refused(var why) -> throw new CancellationRefused(why);
            case Decision.Unchanged(), Decision.Crossed() -> {}
        }
        return order.view();
    }
}
