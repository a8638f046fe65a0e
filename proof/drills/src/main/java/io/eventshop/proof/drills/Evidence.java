package io.eventshop.proof.drills;

import io.eventshop.launcher.services.Service;
import io.eventshop.proof.check.Before;
import io.eventshop.proof.shop.RunningShop;
import io.eventshop.proof.shop.Services;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// What the databases and topics say about the drill's own orders.
final class Evidence {

    private static final String UNPUBLISHED =
            "select count(*) from messaging.outbox where id <> all(?)";

    private static final String ENDED =
            "select count(*) from orders where id = any(?) and status <> 'PENDING'";

    private static final String MARKS =
            "select count(*) from messaging.processed_message where event_id = any(?)";

    private final Story story;
    private final RunningShop shop;
    private final Before before;
    private final Topics topics;
    private final Orders orders;

    Evidence(Story story, RunningShop shop, Before before, Topics topics, Orders orders) {
        this.story = story;
        this.shop = shop;
        this.before = before;
        this.topics = topics;
        this.orders = orders;
    }

    /// Ids made at about the same time begin alike and end differently.
    static String shortOf(Object id) {
        String text = id.toString();
        return text.isEmpty() ? "-" : text.substring(Math.max(0, text.length() - 8));
    }

    void records(String title, List<Event> events) {
        story.table(
                title,
                List.of("topic-partition-offset", "type", "version", "key", "event", "cause"),
                events.stream()
                        .sorted(Comparator.comparing(Event::publishedAt))
                        .map(event ->
                                List.of(
                                        event.position(),
                                        event.type(),
                                        Long.toString(event.version()),
                                        shortOf(event.key()),
                                        shortOf(event.id()),
                                        shortOf(event.cause())))
                        .toList());
    }

    /// Each order with the traces that it has left in all services.
    void orders(String title, Collection<UUID> ids)
            throws SQLException, IOException, InterruptedException {
        var rows = new ArrayList<List<String>>();
        for (UUID id : ids) {
            var reservation = reservation(id);
            rows.add(
                    List.of(
                            id.toString(),
                            orders.status(id),
                            reservation.getFirst(),
                            reservation.getLast(),
                            Long.toString(mails(List.of(id))),
                            Long.toString(marks(topics.of(id)))));
        }
        story.table(
                title,
                List.of(
                        "order",
                        "state (REST)",
                        "reservation",
                        "held",
                        "mails",
                        "processed_message"),
                rows);
    }

    /// Its status and how many items it holds or has held; `-` and `-` if there is none.
    List<String> reservation(UUID order) throws SQLException {
        var rows =
                Sql.rows(
                        shop.database(Services.INVENTORY),
                        """
                        select r.status, sum(l.quantity)
                          from reservation r
                          left join reservation_line l using (order_id)
                         where order_id = ?
                         group by order_id
                        """,
                        order);
        return rows.isEmpty() ? List.of("-", "-") : rows.getFirst();
    }

    /// @return how often consumers have marked one of these events as processed
    long marks(List<Event> events) throws SQLException {
        var ids = Event.ids(events).stream().map(UUID::fromString).toList();
        long marks = 0;
        for (Service service : Services.ALL) {
            marks += Sql.count(shop.database(service), MARKS, ids);
        }
        return marks;
    }

    long reservations(Collection<UUID> ids) throws SQLException {
        return Sql.count(
                shop.database(Services.INVENTORY),
                "select count(*) from reservation where order_id = any(?) and status = 'RESERVED'",
                ids);
    }

    /// Mails that were sent about these orders.
    long mails(Collection<UUID> ids) throws SQLException {
        return Sql.count(
                shop.database(Services.NOTIFICATION),
                "select count(*) from notification where order_id = any(?) and status = 'SENT'",
                ids);
    }

    long confirmed(Collection<UUID> ids) throws SQLException {
        return Sql.count(
                shop.database(Services.ORDER),
                "select count(*) from orders where id = any(?) and status = 'CONFIRMED'",
                ids);
    }

    long pending(Collection<UUID> ids) throws SQLException {
        return ids.size() - Sql.count(shop.database(Services.ORDER), ENDED, ids);
    }

    long unpublished() throws SQLException {
        return Sql.count(shop.database(Services.ORDER), UNPUBLISHED, before.underWay());
    }

    /// Confirmed, and the mail about it sent.
    boolean areTold(Collection<UUID> ids) throws SQLException {
        return confirmed(ids) == ids.size() && mails(ids) >= ids.size();
    }
}
