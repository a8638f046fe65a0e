package io.eventshop.orders;

import io.eventshop.testkit.EventShopTestConfiguration;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/// A test of the whole service over HTTP and Kafka, on a real database and a real broker. All such
/// tests share one context, so each has customers of its own, and the deadline is looked at only
/// when a test says so.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            // Tests export no metrics unless they say so.
            "management.prometheus.metrics.export.enabled=true",
            "eventshop.orders.stock-answer-check-delay=1h",
            // Crowds of customers come while the code is still cold, and nobody is to be put off.
            "eventshop.web.requests-max=50",
            "spring.jpa.properties.hibernate.generate_statistics=true",
            "logging.level.org.hibernate.session.metrics=off",
            "logging.level.org.hibernate.engine.internal.StatisticalLoggingSessionEventListener=off"
        })
@Import({EventShopTestConfiguration.class, Shop.class, Inventory.class, InboxProbe.class})
public @interface OrderServiceTest {}
