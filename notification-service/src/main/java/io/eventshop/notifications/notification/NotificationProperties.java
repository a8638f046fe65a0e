package io.eventshop.notifications.notification;

import io.eventshop.contracts.values.EmailAddress;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Who writes, to whom where it is no customer, and how long an address is known. A service that
/// could send nothing from or to one of these does not start.
///
/// @param from the sender of every mail; the Message-ID takes its domain. Change it before the
///   first mail to a real customer.
/// @param buyer who orders more when stock runs low. Change it before the first real item runs low.
/// @param addressesKept how long after an order's end its customer's address is known, or the
///   buyer's after a mail. What is still on its way keeps its address until it has arrived or
///   failed; a mail about what happens to an order later is written and FAILED. Change it when
///   customers were promised another time.
/// @param addressesCheckInterval how often addresses to erase are looked for. Change it when
///   `addresses-kept` is so short that ten minutes matter.
@ConfigurationProperties("eventshop.notifications")
public record NotificationProperties(
        @DefaultValue("shop@example.test") EmailAddress from,
        @DefaultValue("buyer@example.test") EmailAddress buyer,
        @DefaultValue("30d") Duration addressesKept,
        @DefaultValue("10m") Duration addressesCheckInterval) {

    public NotificationProperties {
        from = deliverable("from", from);
        buyer = deliverable("buyer", buyer);
        if (addressesKept.isNegative()) {
            throw new IllegalArgumentException(
                    "eventshop.notifications.addresses-kept is negative: " + addressesKept);
        }
    }

    private static EmailAddress deliverable(String property, EmailAddress address) {
        return address.deliverable()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "eventshop.notifications.%s is no address that mail can be sent to: %s"
                                        .formatted(property, address)));
    }
}
