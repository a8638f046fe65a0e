package io.eventshop.inventory;

import io.eventshop.testkit.EventShopTestConfiguration;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/// The whole service on a real PostgreSQL and a real Kafka. All such tests share one context, and
/// so one database and one broker: each makes the items that it needs, and looks at nothing else.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = InventoryServiceApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            // Crowds come while the code is still cold, and nobody is to be put off.
            "eventshop.web.requests-max=50"
        })
@Import({EventShopTestConfiguration.class, Inventory.class, Statements.class})
public @interface InventoryTest {}
