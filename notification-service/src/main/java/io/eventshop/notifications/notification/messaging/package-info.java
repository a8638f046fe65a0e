/// What notifications hear: facts about orders and stock.
@NullMarked
package io.eventshop.notifications.notification.messaging;

import org.jspecify.annotations.NullMarked;
