package io.eventshop.notifications.notification;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Who writes, and to whom where it is no customer.
///
/// @param from the sender of every mail; the Message-ID takes its domain
/// @param buyer who orders more when stock runs low
@ConfigurationProperties("eventshop.notifications")
public record NotificationProperties(
        @DefaultValue("shop@example.test") String from,
        @DefaultValue("buyer@example.test") String buyer) {}
