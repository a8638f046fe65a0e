package io.eventshop.inventory.item.messaging;

import io.eventshop.messaging.AggregateTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Where the outbox finds items. Both of their topics share one counter of events.
@Configuration(proxyBeanMethods = false)
class ItemMessaging {

    @Bean
    AggregateTable itemTable() {
        return new AggregateTable("item", "item", "sku", "text", "event_version");
    }
}
