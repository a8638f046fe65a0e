package io.eventshop.orders;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.shop.ShopEvents;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.resilience.annotation.EnableResilientMethods;

@SpringBootApplication
@ConfigurationPropertiesScan
@EnableResilientMethods
public class OrderServiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(OrderServiceApplication.class, args);
    }

    /// What the service may publish and consume.
    @Bean
    EventCatalog events() {
        return ShopEvents.CATALOG;
    }
}
