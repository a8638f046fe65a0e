package io.eventshop.notifications.notification;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderEvent;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.orders.OrderRejected;
import io.eventshop.contracts.stock.StockLow;
import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.database.Column;
import io.eventshop.notifications.notification.Mailing.Contact;
import io.eventshop.notifications.notification.Mailing.Told;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.IdGenerator;

/// Writes notifications down, in the transaction of the events that they tell about. Telling the
/// same twice (a redelivered event, a full replay) changes nothing. As a queue they are
/// [MailQueue]'s; [NotificationQueries] is for looking.
@Service
public class NotificationService {

    private static final String ERASED = "the address was erased, some days after the order's end";

    private static final Logger log = LoggerFactory.getLogger(NotificationService.class);

    private final JdbcClient jdbc;
    private final IdGenerator ids;
    private final NotificationProperties properties;
    private final ApplicationEventPublisher commits;

    NotificationService(
            JdbcClient jdbc,
            IdGenerator ids,
            NotificationProperties properties,
            ApplicationEventPublisher commits) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.properties = properties;
        this.commits = commits;
    }

    /// Finds out whom the batch may write to. None of these addresses is erased before the
    /// transaction ends.
    @Transactional(propagation = Propagation.MANDATORY)
    public Mailing prepare(List<Event> events) {
        var mailing = new Mailing();
        var orders = events.stream().filter(OrderEvent.class::isInstance).toList();
        jdbc.sql(
                        """
                        select order_id, email, erased_at is not null as erased
                        from order_contact
                        where order_id = any(cast(:orders as uuid[]))
                        order by order_id
                        for share
                        """)
                .param("orders", Column.of(orders, Event::aggregateId))
                .query(row -> {
                    mailing.know(
                            row.getString("order_id"),
                            new Contact(
                                    new EmailAddress(row.getString("email")),
                                    row.getBoolean("erased")));
                });
        return mailing;
    }

    /// Keeps the address to which everything else about the order is told, until some days after
    /// the order's end, see [AddressErasure]. Unless one is or was known already: an order is
    /// placed once, and what was erased does not come back with a replay.
    public List<NumberedEvent> on(OrderPlaced placed, EventMetadata cause, Mailing mailing) {
        mailing.keep(placed.aggregateId(), placed.email());
        return List.of();
    }

    public List<NumberedEvent> on(OrderConfirmed event, EventMetadata cause, Mailing mailing) {
        return tellCustomer(event, Letter.about(event), cause, mailing);
    }

    public List<NumberedEvent> on(OrderRejected event, EventMetadata cause, Mailing mailing) {
        return tellCustomer(event, Letter.about(event), cause, mailing);
    }

    public List<NumberedEvent> on(OrderCancelled event, EventMetadata cause, Mailing mailing) {
        return tellCustomer(event, Letter.about(event), cause, mailing);
    }

    /// Tells the warehouse's buyer.
    public List<NumberedEvent> on(StockLow event, EventMetadata cause, Mailing mailing) {
        var buyer = new Contact(properties.buyer(), false);
        mailing.tell(ids.generateId(), Letter.about(event), buyer, cause);
        return List.of();
    }

    /// Tells the customer of the order, which has come to an end. If it had done so long ago, its
    /// address is erased and the notification is FAILED.
    private List<NumberedEvent> tellCustomer(
            OrderEvent event, Letter letter, EventMetadata cause, Mailing mailing) {
        mailing.tell(ids.generateId(), letter, mailing.contact(event.aggregateId()), cause);
        return List.of();
    }

    /// Writes the notifications down, due at once, unless the same is said already. If the
    /// recipient's address was erased before, there is nobody to send it to, and it is FAILED.
    ///
    /// The column `version` is there for instances of older versions of the service.
    @Transactional(propagation = Propagation.MANDATORY)
    public void write(Mailing mailing) {
        var kept = mailing.kept().entrySet();
        jdbc.sql(
                        """
                        insert into order_contact (order_id, email)
                        select *
                        from unnest(cast(:orders as uuid[]), cast(:emails as text[]))
                        on conflict do nothing
                        """)
                .param("orders", Column.of(kept, Map.Entry::getKey))
                .param("emails", Column.of(kept, it -> it.getValue().value()))
                .update();
        var told = mailing.told();
        int written =
                jdbc.sql(
                                """
                                insert into notification (
                                    id, version, source_event_id, correlation_id, kind, order_id,
                                    sku, recipient, subject, body, attempts, due_at, created_at,
                                    status, failure, failed_at, erased_at)
                                select
                                    id, 0, source_event_id, correlation_id, kind, order_id,
                                    sku, recipient, subject, body, 0, now(), now(),
                                    case when erased then 'FAILED' else 'PENDING' end,
                                    case when erased then :failure end,
                                    case when erased then now() end,
                                    case when erased then now() end
                                from unnest(
                                    cast(:ids as uuid[]), cast(:sourceEventIds as uuid[]),
                                    cast(:correlationIds as text[]), cast(:kinds as text[]),
                                    cast(:orderIds as uuid[]), cast(:skus as text[]),
                                    cast(:recipients as text[]), cast(:subjects as text[]),
                                    cast(:texts as text[]), cast(:erased as boolean[])
                                ) as told(
                                    id, source_event_id, correlation_id, kind, order_id, sku,
                                    recipient, subject, body, erased)
                                on conflict do nothing
                                """)
                        .param("failure", ERASED)
                        .param("ids", Column.of(told, Told::id))
                        .param("sourceEventIds", Column.of(told, Told::sourceEventId))
                        .param("correlationIds", Column.of(told, Told::correlationId))
                        .param("kinds", Column.of(told, it -> it.letter().kind()))
                        .param("orderIds", Column.of(told, it -> it.letter().orderId()))
                        .param("skus", Column.of(told, it -> it.letter().sku()))
                        .param("recipients", Column.of(told, it -> it.recipient().email().value()))
                        .param("subjects", Column.of(told, it -> it.letter().subject()))
                        .param("texts", Column.of(told, it -> it.letter().text()))
                        .param("erased", Column.of(told, it -> it.recipient().erased()))
                        .update();
        if (written > 0) {
            commits.publishEvent(new MailsDue());
        }
        log.debug("{} of {} notifications are new", written, told.size());
    }
}
