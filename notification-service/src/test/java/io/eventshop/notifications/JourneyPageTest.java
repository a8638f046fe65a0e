package io.eventshop.notifications;

import io.eventshop.testkit.Journey;
import java.util.List;
import org.junit.jupiter.api.Test;

class JourneyPageTest {

    @Test
    void the_page_lists_every_file_of_an_orders_way_through_here() {
        Journey.assertPartLists(
                "notification-service",
                List.of("notification-service"),
                "notifications.notification.messaging.NotificationMessaging#mailsSubscription",
                "notifications.notification.smtp.DispatcherThreads#step");
    }
}
