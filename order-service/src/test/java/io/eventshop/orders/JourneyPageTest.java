package io.eventshop.orders;

import io.eventshop.testkit.Journey;
import java.util.List;
import org.junit.jupiter.api.Test;

class JourneyPageTest {

    @Test
    void the_page_lists_every_file_of_an_orders_way_through_here() {
        Journey.assertPartLists(
                "order-service",
                List.of("order-service", "shared-events", "shared-web"),
                "web.headers.CorrelationFilter#doFilterInternal",
                "web.limits.AdmissionFilter#doFilterInternal",
                "orders.order.web.OrderController#place",
                "messaging.internal.outbox.RelayLoop#run",
                "messaging.kafka.KafkaReceiver$Handover#onMessage",
                "orders.order.messaging.OrderMessaging#orderSagaSubscription");
    }

    @Test
    void a_request_becomes_an_event_in_three_files() {
        Journey.assertHop(
                "orders.order.web.OrderController#place",
                "orders.order.OrderService#place",
                "orders.order.Order#place");
    }
}
