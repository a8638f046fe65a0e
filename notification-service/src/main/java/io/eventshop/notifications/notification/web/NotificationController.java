package io.eventshop.notifications.notification.web;

import io.eventshop.notifications.notification.NotificationService;
import io.eventshop.notifications.notification.NotificationView;
import io.eventshop.web.paging.Cursor;
import io.eventshop.web.paging.Page;
import io.eventshop.web.paging.PageSizes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What was sent to whom, when, and what was not.
@RestController
@RequestMapping("/api/v1/notifications")
class NotificationController implements NotificationApi {

    private final NotificationService notifications;
    private final PageSizes pageSizes;

    NotificationController(NotificationService notifications, PageSizes pageSizes) {
        this.notifications = notifications;
        this.pageSizes = pageSizes;
    }

    @Override
    @GetMapping
    public Page<NotificationView> list(
            @RequestParam(required = false) @Nullable UUID orderId,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        String query = "notifications?orderId=" + orderId;
        int size = pageSizes.parse(limit);
        UUID after = Cursor.decode(cursor, query).map(position -> position.uuid(0)).orElse(null);
        var rows = notifications.list(orderId, after, size + 1);
        return Page.of(rows, size, last -> Cursor.after(last.id()).encode(query));
    }
}
