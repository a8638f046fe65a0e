package io.eventshop.proof.check;

import io.eventshop.launcher.servers.Position;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.check.Tables.ItemRow;
import io.eventshop.proof.check.Tables.Letter;
import io.eventshop.proof.check.Tables.NotificationRow;
import io.eventshop.proof.check.Tables.OrderRow;
import io.eventshop.proof.check.Tables.ReservationRow;
import io.eventshop.proof.check.Tables.Step;
import io.eventshop.proof.shop.RunningShop;
import io.eventshop.proof.shop.Services;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads all tables, each database in one transaction that sees one moment.
final class TableReader {

    /// See [Quantities].
    private static final String LINES =
            "coalesce(string_agg(l.sku || '=' || l.quantity, ',' order by l.sku collate \"C\"), '')";

    private TableReader() {}

    /// @throws SQLException if a database does not answer
    static Tables read(RunningShop shop) throws SQLException {
        var common = new Common();
        var orders = new LinkedHashMap<UUID, OrderRow>();
        var steps = new ArrayList<Step>();
        var keys = new HashMap<String, UUID>();
        var copies = new HashMap<String, Long>();
        try (var snapshot = Snapshot.of(shop.database(Services.ORDER))) {
            for (var order : orders(snapshot)) {
                orders.put(order.id(), order);
            }
            steps.addAll(steps(snapshot));
            var _ =
                    snapshot.all(
                            "select key, resource_id from web.idempotency_key"
                                    + " where operation = 'POST /api/v1/orders'",
                            row -> keys.put(row.getString(1), UUID.fromString(row.getString(2))));
            var _ =
                    snapshot.all(
                            "select sku, version from item_copy",
                            row -> copies.put(row.getString(1), row.getLong(2)));
            common.read(Services.ORDER, snapshot);
        }
        var items = new LinkedHashMap<String, ItemRow>();
        var reservations = new LinkedHashMap<UUID, ReservationRow>();
        try (var snapshot = Snapshot.of(shop.database(Services.INVENTORY))) {
            for (var item : items(snapshot)) {
                items.put(item.sku(), item);
            }
            for (var reservation : reservations(snapshot)) {
                reservations.put(reservation.orderId(), reservation);
            }
            common.read(Services.INVENTORY, snapshot);
        }
        var notifications = new ArrayList<NotificationRow>();
        try (var snapshot = Snapshot.of(shop.database(Services.NOTIFICATION))) {
            notifications.addAll(notifications(snapshot));
            common.read(Services.NOTIFICATION, snapshot);
        }
        for (Service other : Services.ALL) {
            if (!common.outbox.containsKey(other.name())) {
                try (var snapshot = Snapshot.of(shop.database(other))) {
                    common.read(other, snapshot);
                }
            }
        }
        return new Tables(
                orders,
                steps,
                keys,
                copies,
                items,
                reservations,
                notifications,
                common.letters,
                common.marks,
                common.outbox,
                common.parked);
    }

    private static List<OrderRow> orders(Snapshot snapshot) throws SQLException {
        return snapshot.all(
                """
                select o.id, o.customer_id, o.status, o.placed_at, o.event_version, %s as lines
                  from orders o
                  left join order_line l on l.order_id = o.id
                 group by o.id
                 order by o.placed_at, o.id
                """
                        .formatted(LINES),
                row ->
                        new OrderRow(
                                id(row, "id"),
                                row.getString("customer_id"),
                                row.getString("status"),
                                row.getTimestamp("placed_at").toInstant(),
                                row.getLong("event_version"),
                                row.getString("lines")));
    }

    private static List<Step> steps(Snapshot snapshot) throws SQLException {
        return snapshot.all(
                """
                select order_id, version, status, reason, time, event_id
                  from order_history
                 order by order_id, version
                """,
                row ->
                        new Step(
                                id(row, "order_id"),
                                row.getLong("version"),
                                row.getString("status"),
                                row.getString("reason"),
                                row.getTimestamp("time").toInstant(),
                                id(row, "event_id")));
    }

    private static List<ItemRow> items(Snapshot snapshot) throws SQLException {
        return snapshot.all(
                "select sku, on_hand, reserved, event_version from item order by sku",
                row ->
                        new ItemRow(
                                row.getString("sku"),
                                row.getLong("on_hand"),
                                row.getLong("reserved"),
                                row.getLong("event_version")));
    }

    private static List<ReservationRow> reservations(Snapshot snapshot) throws SQLException {
        return snapshot.all(
                """
                select r.order_id, r.status, r.event_version, %s as lines
                  from reservation r
                  left join reservation_line l on l.order_id = r.order_id
                 group by r.order_id
                """
                        .formatted(LINES),
                row ->
                        new ReservationRow(
                                id(row, "order_id"),
                                row.getString("status"),
                                row.getLong("event_version"),
                                row.getString("lines")));
    }

    private static List<NotificationRow> notifications(Snapshot snapshot) throws SQLException {
        return snapshot.all(
                """
                select id, source_event_id, kind, coalesce(order_id::text, sku) as about, recipient,
                       status, erased_at is not null as erased
                  from notification
                """,
                row ->
                        new NotificationRow(
                                id(row, "id"),
                                id(row, "source_event_id"),
                                row.getString("kind"),
                                row.getString("about"),
                                row.getString("recipient"),
                                row.getString("status"),
                                row.getBoolean("erased")));
    }

    private static UUID id(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    /// What every service has.
    private static final class Common {

        private final List<Letter> letters = new ArrayList<>();
        private final Map<String, Map<UUID, Instant>> marks = new HashMap<>();
        private final Map<String, Long> outbox = new LinkedHashMap<>();
        private final List<String> parked = new ArrayList<>();

        void read(Service service, Snapshot snapshot) throws SQLException {
            letters.addAll(
                    snapshot.all(
                            """
                            select consumer, event_id, topic,
                                   coalesce(lane, cast("partition" as text)) as lane,
                                   coalesce(at, cast("offset" as text)) as at,
                                   encode(record_key, 'escape') as key, status, reason,
                                   first_failed_at, settled_at
                              from messaging.dead_letter
                             order by seq
                            """,
                            row ->
                                    new Letter(
                                            service.name(),
                                            row.getString("consumer"),
                                            id(row, "event_id"),
                                            new Position(
                                                    row.getString("topic"),
                                                    row.getString("lane"),
                                                    row.getString("at")),
                                            row.getString("key"),
                                            row.getString("status"),
                                            row.getString("reason"),
                                            row.getTimestamp("first_failed_at").toInstant(),
                                            instant(row.getTimestamp("settled_at")))));
            var _ =
                    snapshot.all(
                            """
                            select consumer, event_id, processed_at
                              from messaging.processed_message
                            """,
                            row ->
                                    marks.computeIfAbsent(
                                                    row.getString("consumer"), _ -> new HashMap<>())
                                            .put(
                                                    id(row, "event_id"),
                                                    row.getTimestamp("processed_at").toInstant()));
            outbox.put(
                    service.name(),
                    snapshot.all("select count(*) from messaging.outbox", row -> row.getLong(1))
                            .getFirst());
            parked.addAll(
                    snapshot.all(
                            "select topic || ' ' || aggregate_id from messaging.outbox_parked",
                            row -> row.getString(1)));
        }
    }
}
