package io.eventshop.notifications;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.shop.ShopEvents;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/// Starts notification-service.
@SpringBootApplication
@ConfigurationPropertiesScan
public class NotificationServiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(NotificationServiceApplication.class, args);
    }

    /// What the service may publish and consume.
    @Bean
    EventCatalog events() {
        return ShopEvents.CATALOG;
    }
}
