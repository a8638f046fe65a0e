package io.eventshop.notifications.notification;

import io.eventshop.contracts.values.EmailAddress;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Who is to be told about an order: the address from its `OrderPlaced`, until some days after the
/// order's end, see [AddressErasure].
@Repository
class OrderContacts {

    private final JdbcClient jdbc;

    OrderContacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param erased whether the address is masked, and nobody can be told any more
    record Contact(EmailAddress email, boolean erased) {}

    /// Keeps the address, unless one is or was known already: an order is placed once, and what was
    /// erased does not come back with a replay.
    void keep(UUID orderId, EmailAddress email) {
        jdbc.sql(
                        """
                        insert into order_contact (order_id, email)
                        values (:orderId, :email)
                        on conflict do nothing
                        """)
                .param("orderId", orderId)
                .param("email", email.value())
                .update();
    }

    /// Who is to be told. The address is not erased before the transaction ends.
    ///
    /// @return empty if no such order is known
    Optional<Contact> find(UUID orderId) {
        return jdbc.sql(
                        """
                        select email, erased_at is not null as erased
                        from order_contact
                        where order_id = :orderId
                        for share
                        """)
                .param("orderId", orderId)
                .query((row, _) ->
                        new Contact(
                                new EmailAddress(row.getString("email")), row.getBoolean("erased")))
                .optional();
    }
}
