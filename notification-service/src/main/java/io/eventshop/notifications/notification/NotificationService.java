package io.eventshop.notifications.notification;

import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.notifications.notification.OrderContacts.Contact;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.IdGenerator;

/// Writes notifications down, in the transaction of the event that they tell about, and lists them.
/// Telling the same twice (a redelivered event, a full replay) changes nothing.
@Service
public class NotificationService {

    private static final Logger log = LoggerFactory.getLogger(NotificationService.class);

    private final OrderContacts contacts;
    private final Notifications notifications;
    private final IdGenerator ids;
    private final NotificationProperties properties;
    private final ApplicationEventPublisher commits;

    NotificationService(
            OrderContacts contacts,
            Notifications notifications,
            IdGenerator ids,
            NotificationProperties properties,
            ApplicationEventPublisher commits) {
        this.contacts = contacts;
        this.notifications = notifications;
        this.ids = ids;
        this.properties = properties;
        this.commits = commits;
    }

    /// Keeps the address to which everything else about the order is told.
    @Transactional(propagation = Propagation.MANDATORY)
    public void keepContact(OrderPlaced placed) {
        contacts.keep(placed.orderId(), placed.email());
    }

    /// Tells the customer of the order that the letter is about, which has come to an end. If it
    /// had done so long ago, its address is erased and the notification is FAILED.
    ///
    /// @throws IllegalStateException if the order's address is unknown. Order per key delivers
    ///   OrderPlaced first, and behind a dead letter of it this event waits, so nobody was
    ///   forgotten unless the dead letter was discarded; then this event becomes one, too, and is
    ///   seen.
    @Transactional(propagation = Propagation.MANDATORY)
    public void tellCustomer(UUID orderId, Letter letter, SourceEvent source) {
        var contact =
                contacts.find(orderId)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "order %s has no known address for its %s mail"
                                                .formatted(orderId, letter.kind())));
        write(letter, contact, source);
    }

    /// Tells the warehouse's buyer.
    @Transactional(propagation = Propagation.MANDATORY)
    public void tellBuyer(Letter letter, SourceEvent source) {
        write(letter, new Contact(properties.buyer(), false), source);
    }

    private void write(Letter letter, Contact recipient, SourceEvent source) {
        if (notifications.addIfNew(ids.generateId(), letter, recipient, source)) {
            commits.publishEvent(new MailsDue());
        } else {
            log.info("{} of event {} is written already", letter.kind(), source.id());
        }
    }

    /// Newest first, one order's or all.
    ///
    /// @param after the last one that the reader has
    @Transactional(readOnly = true)
    public List<NotificationView> list(@Nullable UUID orderId, @Nullable UUID after, int countMax) {
        return notifications.list(orderId, after, countMax);
    }
}
