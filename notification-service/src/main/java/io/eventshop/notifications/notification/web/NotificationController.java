package io.eventshop.notifications.notification.web;

import io.eventshop.notifications.notification.NotificationQueries;
import io.eventshop.notifications.notification.NotificationView;
import io.eventshop.web.paging.Cursor;
import io.eventshop.web.paging.Page;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

/// What was sent to whom, when, and what was not.
@RestController
class NotificationController implements NotificationApi {

    private final NotificationQueries notifications;

    NotificationController(NotificationQueries notifications) {
        this.notifications = notifications;
    }

    @Override
    public Page<NotificationView> list(@Nullable UUID orderId, int limit, @Nullable String cursor) {
        String query = "notifications?orderId=" + orderId;
        UUID after = Cursor.decode(cursor, query).map(position -> position.uuid(0)).orElse(null);
        var rows = notifications.list(orderId, after, limit + 1);
        return Page.of(rows, limit, last -> Cursor.after(last.id()).encode(query));
    }
}
