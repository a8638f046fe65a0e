package io.eventshop.notifications;

import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.messaging.EventMetadata;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Orders as their first event tells of them. Of what is in them nothing matters here but the
/// address.
public final class TestOrders {

    private TestOrders() {}

    public static OrderPlaced placed(UUID order, String email) {
        var price = new Money(1999, "EUR");
        return new OrderPlaced(
                order,
                "ada",
                new EmailAddress(email),
                List.of(new OrderPlaced.Line(new Sku("TEAPOT-1"), 1, price)),
                price);
    }

    /// What is known of an event, of which nothing matters here but its id.
    public static EventMetadata event() {
        return new EventMetadata(
                UUID.randomUUID(),
                "/order-service",
                "type",
                "schema",
                "subject",
                Instant.EPOCH,
                1,
                "flow",
                null,
                null);
    }
}
