package io.eventshop.orders.order.messaging;

import io.eventshop.contracts.reservations.StockRejected;
import io.eventshop.contracts.reservations.StockReleased;
import io.eventshop.contracts.reservations.StockReserved;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.messaging.AggregateTable;
import io.eventshop.messaging.Subscription;
import io.eventshop.orders.order.LockedOrders;
import io.eventshop.orders.order.OrderSaga;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OrderMessaging {

    @Bean
    AggregateTable orderTable() {
        return new AggregateTable("order", "orders", "id", "uuid", "event_version");
    }

    @Bean
    Subscription<LockedOrders> orderSagaSubscription(OrderSaga saga) {
        return Subscription.named("order-saga")
                .from(Topics.RESERVATIONS)
                .prepare(saga::prepare)
                .on(StockReserved.class, saga::on)
                .on(StockRejected.class, saga::on)
                .on(StockReleased.class, saga::on);
    }
}
