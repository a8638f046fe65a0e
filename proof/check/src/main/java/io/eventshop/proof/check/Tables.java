package io.eventshop.proof.check;

import io.eventshop.launcher.servers.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// All tables of the services. Those of one database are of one moment.
///
/// @param marks when which event was marked as processed, by consumer
/// @param outbox how many events are unpublished, by service
/// @param parked the keys that the relay has parked
record Tables(
        Map<UUID, OrderRow> orders,
        List<Step> steps,
        Map<String, UUID> keys,
        Map<String, Long> itemCopies,
        Map<String, ItemRow> items,
        Map<UUID, ReservationRow> reservations,
        List<NotificationRow> notifications,
        List<Letter> letters,
        Map<String, Map<UUID, Instant>> marks,
        Map<String, Long> outbox,
        List<String> parked) {

    /// @param eventVersion how many events it has had
    record OrderRow(
            UUID id,
            String customerId,
            String status,
            Instant placedAt,
            long eventVersion,
            String lines) {}

    /// A row of an order's history, which is one of its events.
    record Step(
            UUID orderId,
            long version,
            String status,
            @Nullable String reason,
            Instant time,
            UUID eventId) {

        boolean isEnd() {
            return !status.equals("PENDING");
        }
    }

    record ItemRow(String sku, long onHand, long reserved, long eventVersion) {}

    record ReservationRow(UUID orderId, String status, long eventVersion, String lines) {}

    /// @param about the order's id or the item's SKU
    /// @param erased whether the recipient is masked, as some days after the order's end
    record NotificationRow(
            UUID id,
            UUID sourceEventId,
            String kind,
            String about,
            String recipient,
            String status,
            boolean erased) {}

    /// @param key of the record, as text
    /// @param settledAt null while it is open
    record Letter(
            String service,
            String consumer,
            UUID eventId,
            Position position,
            String key,
            String status,
            String reason,
            Instant failedAt,
            @Nullable Instant settledAt) {

        boolean isOpen() {
            return settledAt == null;
        }
    }
}
