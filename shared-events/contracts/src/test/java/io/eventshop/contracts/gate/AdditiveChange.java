package io.eventshop.contracts.gate;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.shop.Topics;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The Java of the additive change in `docs/evolving-events.md`.
final class AdditiveChange {

    static final List<EventType<?>> CATALOG =
            List.of(
                    new EventType<>(
                            "orders.order-praised", "1.0.0", OrderPraised.class, Topics.ORDERS),
                    new EventType<>(
                            "orders.order-praised", "1.1.0", OrderPraised.class, Topics.ORDERS));

    private AdditiveChange() {}

    public record OrderPraised(UUID orderId, int stars, @Nullable String comment) implements Event {

        @Override
        public String aggregateId() {
            return orderId.toString();
        }
    }
}
