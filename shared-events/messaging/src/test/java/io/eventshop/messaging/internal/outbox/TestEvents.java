package io.eventshop.messaging.internal.outbox;

import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// Events whose size matters and whose content does not.
final class TestEvents {

    private TestEvents() {}

    /// @param bytes about; incompressible by repetition alone, as the broker judges what it gets
    static OrderPlaced orderPlacedOfSize(UUID orderId, int bytes) {
        var random = new Random(42);
        var email = new StringBuilder();
        while (email.length() < bytes) {
            email.append(Integer.toString(random.nextInt(36), 36));
        }
        var price = new Money(100, "EUR");
        var line = new OrderPlaced.Line(new Sku("TEA-001"), 1, price);
        return new OrderPlaced(
                orderId, "customer-1", new EmailAddress(email.toString()), List.of(line), price);
    }
}
