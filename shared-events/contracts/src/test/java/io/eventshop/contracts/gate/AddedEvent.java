package io.eventshop.contracts.gate;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.shop.Topics;
import java.util.List;
import java.util.UUID;

/// The Java of "Add an event" in `docs/evolving-events.md`.
final class AddedEvent {

    static final List<EventType<?>> CATALOG =
            List.of(
                    new EventType<>(
                            "orders.order-praised", "1.0.0", OrderPraised.class, Topics.ORDERS));

    private AddedEvent() {}

    /// The customer was happy.
    ///
    /// @param stars 1 to 5
    public record OrderPraised(UUID orderId, int stars) implements Event {

        @Override
        public String aggregateId() {
            return orderId.toString();
        }
    }
}
