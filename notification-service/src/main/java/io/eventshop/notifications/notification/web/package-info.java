/// Notifications as others see them.
@NullMarked
package io.eventshop.notifications.notification.web;

import org.jspecify.annotations.NullMarked;
