package io.eventshop.notifications.notification;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Who is to be told about an order: the address from its `OrderPlaced`. Kept as long as the order
/// can change, which has no end: a confirmed order can be cancelled at any time.
@Repository
class OrderContacts {

    private final JdbcClient jdbc;

    OrderContacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Keeps the address, unless one is known already: an order is placed once.
    void keep(UUID orderId, String email) {
        jdbc.sql(
                        """
                        insert into order_contact (order_id, email)
                        values (:orderId, :email)
                        on conflict do nothing
                        """)
                .param("orderId", orderId)
                .param("email", email)
                .update();
    }

    Optional<String> emailFor(UUID orderId) {
        return jdbc.sql("select email from order_contact where order_id = :orderId")
                .param("orderId", orderId)
                .query(String.class)
                .optional();
    }
}
