package io.eventshop.notifications.notification;

import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.messaging.EventMetadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What one batch of events has to tell, and to whom.
public final class Mailing {

    private final Map<String, Contact> contacts = new HashMap<>();
    private final Map<String, EmailAddress> kept = new LinkedHashMap<>();
    private final List<Told> told = new ArrayList<>();

    /// @param erased whether the address is masked, and nobody can be told any more
    record Contact(EmailAddress email, boolean erased) {}

    /// @param id of the notification
    record Told(
            UUID id, Letter letter, Contact recipient, UUID sourceEventId, String correlationId) {}

    /// Of an order that is known already.
    void know(String orderId, Contact contact) {
        contacts.put(orderId, contact);
    }

    /// Of an order that has just been placed; changes nothing about a known one.
    void keep(String orderId, EmailAddress email) {
        if (contacts.putIfAbsent(orderId, new Contact(email, false)) == null) {
            kept.put(orderId, email);
        }
    }

    /// @throws IllegalStateException if the order's address is unknown. Order per key delivers
    ///   OrderPlaced first, and behind a dead letter of it this event waits, so nobody was
    ///   forgotten unless the dead letter was discarded; then this event becomes one, too, and is
    ///   seen.
    Contact contact(String orderId) {
        var contact = contacts.get(orderId);
        if (contact == null) {
            throw new IllegalStateException("order %s has no known address".formatted(orderId));
        }
        return contact;
    }

    void tell(UUID id, Letter letter, Contact recipient, EventMetadata cause) {
        told.add(new Told(id, letter, recipient, cause.id(), cause.correlationId()));
    }

    /// The addresses that are new, by their orders.
    Map<String, EmailAddress> kept() {
        return Collections.unmodifiableMap(kept);
    }

    List<Told> told() {
        return Collections.unmodifiableList(told);
    }
}
