package io.eventshop.notifications;

import io.eventshop.testkit.EventShopTestConfiguration;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/// The whole service on real servers, with a mail server that can be scripted. All tests share the
/// one context, so each uses orders and addresses of its own.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "eventshop.messaging.write-operations=true",
            "eventshop.notifications.addresses-check-interval=200ms",
            "eventshop.notifications.dispatcher.poll-interval=50ms",
            "eventshop.notifications.dispatcher.retry-delay-min=50ms",
            "eventshop.notifications.dispatcher.outage-retry-delay-max=200ms",
            "eventshop.notifications.dispatcher.retry-delay-max=200ms",
        })
@AutoConfigureRestTestClient
@Import({
    EventShopTestConfiguration.class,
    ScriptedMailConfiguration.class,
    ScenarioConfiguration.class,
    News.class
})
public @interface NotificationServiceTest {}
