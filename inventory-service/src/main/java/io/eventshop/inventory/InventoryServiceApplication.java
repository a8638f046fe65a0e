package io.eventshop.inventory;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.shop.ShopEvents;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/// Starts inventory-service.
@SpringBootApplication
@ConfigurationPropertiesScan
public class InventoryServiceApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(InventoryServiceApplication.class, arguments);
    }

    /// What the service may publish and consume.
    @Bean
    EventCatalog events() {
        return ShopEvents.CATALOG;
    }
}
