package io.eventshop.inventory.reservation.messaging;

import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.inventory.reservation.LockedStock;
import io.eventshop.inventory.reservation.ReservationService;
import io.eventshop.messaging.AggregateTable;
import io.eventshop.messaging.Subscription;
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
    Subscription<LockedStock> reservationsSubscription(ReservationService reservations) {
        return Subscription.named("reservations")
                .from(Topics.ORDERS)
                .prepare(reservations::prepare)
                .on(OrderPlaced.class, reservations::on)
                .on(OrderCancelled.class, reservations::on);
    }
}
