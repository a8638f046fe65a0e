package io.eventshop.notifications.notification.messaging;

import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderEvent;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.orders.OrderRejected;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.contracts.stock.StockLow;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.Subscription;
import io.eventshop.notifications.notification.Letter;
import io.eventshop.notifications.notification.NotificationService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Which event becomes which letter, on one page. The inbox's transaction writes the letter down;
/// nothing is sent in it.
@Configuration
class MailSubscription {

    private final NotificationService notifications;

    MailSubscription(NotificationService notifications) {
        this.notifications = notifications;
    }

    @Bean
    Subscription mails() {
        return Subscription.named("mails")
                .from(Topics.ORDERS, Topics.STOCK)
                .on(OrderPlaced.class, (placed, _) -> notifications.keepContact(placed))
                .on(OrderConfirmed.class, (event, cause) -> tell(event, Letter.about(event), cause))
                .on(OrderRejected.class, (event, cause) -> tell(event, Letter.about(event), cause))
                .on(OrderCancelled.class, (event, cause) -> tell(event, Letter.about(event), cause))
                .on(
                        StockLow.class,
                        (event, cause) -> notifications.tellBuyer(Letter.about(event), cause));
    }

    private void tell(OrderEvent event, Letter letter, EventMetadata cause) {
        notifications.tellCustomer(event.orderId(), letter, cause);
    }
}
