package io.eventshop.notifications.notification.web;

import io.eventshop.notifications.notification.NotificationView;
import io.eventshop.web.paging.Page;
import io.eventshop.web.paging.PageSize;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Notifications over REST, as a client sees them: paths, parameters and answers.
/// [NotificationController] keeps what is said here.
@RequestMapping("/api/v1/notifications")
@Tag(name = "Notifications", description = "Mails about orders and stock")
interface NotificationApi {

    String EXAMPLE =
            """
            {
              "items": [
                {
                  "id": "019a9c5e-3f52-7c11-9d1b-0a4f5e6d7c8b",
                  "orderId": "019a9c5e-3e0a-7b3c-8f2d-1c2b3a4d5e6f",
                  "kind": "ORDER_CONFIRMED",
                  "recipient": "a***@example.test",
                  "status": "SENT",
                  "sentAt": "2026-11-23T09:00:01.234567Z"
                }
              ]
            }
            """;

    @Operation(
            operationId = "listNotifications",
            summary = "Lists notifications, newest first",
            description =
                    "A notification appears when its event was read, usually well within a second"
                            + " of the order's decision. Recipients are masked.")
    @ApiResponse(
            responseCode = "200",
            description = "A page of notifications",
            useReturnTypeSchema = true,
            content = @Content(examples = @ExampleObject(name = "one order", value = EXAMPLE)))
    @GetMapping
    Page<NotificationView> list(
            @Parameter(description = "only those about this order") @RequestParam(required = false)
                    @Nullable UUID orderId,
            @RequestParam(defaultValue = PageSize.DEFAULT) @PageSize int limit,
            @RequestParam(required = false) @Nullable String cursor);
}
