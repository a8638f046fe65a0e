package io.eventshop.notifications.notification;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Looking at notifications.
@Service
public class NotificationQueries {

    private final JdbcClient jdbc;

    NotificationQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Newest first, which is the order of the ids (UUIDv7); one order's or all.
    ///
    /// @param after the last one that the reader has
    @Transactional(readOnly = true)
    public List<NotificationView> list(@Nullable UUID orderId, @Nullable UUID after, int countMax) {
        // Only the conditions that hold, or the server may prefer a plan without the order's index.
        String conditions =
                (orderId == null ? "" : "\n  and order_id = :orderId")
                        + (after == null ? "" : "\n  and id < :after");
        return jdbc.sql(
                        """
                        select *
                        from notification
                        where true%s
                        order by id desc
                        limit :countMax
                        """
                                .formatted(conditions))
                .param("orderId", orderId)
                .param("after", after)
                .param("countMax", countMax)
                .query(new SimplePropertyRowMapper<>(NotificationView.class))
                .list();
    }
}
