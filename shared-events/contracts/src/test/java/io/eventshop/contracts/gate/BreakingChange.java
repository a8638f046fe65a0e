package io.eventshop.contracts.gate;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.Upcastable;
import io.eventshop.contracts.shop.Topics;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The Java of the breaking change in `docs/evolving-events.md`.
final class BreakingChange {

    static final List<EventType<?>> CATALOG =
            List.of(
                    new EventType<>(
                            "orders.order-praised", "1.0.0", OrderPraisedV1.class, Topics.ORDERS),
                    new EventType<>(
                            "orders.order-praised", "1.1.0", OrderPraisedV1.class, Topics.ORDERS),
                    new EventType<>(
                            "orders.order-praised", "2.0.0", OrderPraised.class, Topics.ORDERS));

    private BreakingChange() {}

    public record OrderPraisedV1(UUID orderId, int stars, @Nullable String comment)
            implements Upcastable<OrderPraised> {

        @Override
        public OrderPraised upcast() {
            return new OrderPraised(orderId, 20 * stars, comment);
        }
    }

    public record OrderPraised(UUID orderId, int percent, @Nullable String comment)
            implements Event {

        @Override
        public String aggregateId() {
            return orderId.toString();
        }
    }
}
