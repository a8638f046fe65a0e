package io.eventshop.orders.item.messaging;

import io.eventshop.contracts.items.ItemListed;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.messaging.Subscription;
import io.eventshop.orders.item.ItemCopies;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ItemMessaging {

    /// A subscription of its own, so that a bad item never holds up an order.
    @Bean
    Subscription<ItemCopies.Listed> itemCopiesSubscription(ItemCopies items) {
        return Subscription.named("item-copies")
                .from(Topics.ITEMS)
                .prepare(_ -> new ItemCopies.Listed(), items::keep)
                .on(ItemListed.class, items::on);
    }
}
