package io.eventshop.notifications.notification.messaging;

import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.orders.OrderRejected;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.contracts.stock.StockLow;
import io.eventshop.messaging.Subscription;
import io.eventshop.notifications.notification.Mailing;
import io.eventshop.notifications.notification.NotificationService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Notifications are written down in the inbox's transaction; nothing is sent in it.
@Configuration(proxyBeanMethods = false)
class NotificationMessaging {

    @Bean
    Subscription<Mailing> mailsSubscription(NotificationService notifications) {
        return Subscription.named("mails")
                .from(Topics.ORDERS, Topics.STOCK)
                .prepare(notifications::prepare, notifications::write)
                .on(OrderPlaced.class, notifications::on)
                .on(OrderConfirmed.class, notifications::on)
                .on(OrderRejected.class, notifications::on)
                .on(OrderCancelled.class, notifications::on)
                .on(StockLow.class, notifications::on);
    }
}
