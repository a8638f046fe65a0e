package io.eventshop.inventory.reservation.messaging;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderEvent;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.inventory.reservation.ReservationService;
import io.eventshop.messaging.AggregateTable;
import io.eventshop.messaging.Subscription;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Listens to orders and answers with events of reservations. `OrderConfirmed` and `OrderRejected`
/// are only the order's echo of that answer: nobody here needs them.
@Configuration(proxyBeanMethods = false)
class ReservationMessaging {

    @Bean
    AggregateTable reservationTable() {
        return new AggregateTable(
                "reservation", "reservation", "order_id", "uuid", "event_version");
    }

    @Bean
    Subscription reservationsSubscription(ReservationService reservations) {
        return Subscription.named("reservations")
                .from(Topics.ORDERS)
                .prepare(events -> reservations.prepare(orderEvents(events)))
                .on(OrderPlaced.class, (event, _) -> reservations.reserve(event))
                .on(OrderCancelled.class, (event, _) -> reservations.release(event));
    }

    private static List<OrderEvent> orderEvents(List<Event> events) {
        return events.stream()
                .filter(OrderEvent.class::isInstance)
                .map(OrderEvent.class::cast)
                .toList();
    }
}
