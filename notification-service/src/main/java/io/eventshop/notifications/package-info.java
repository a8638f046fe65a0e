/// Tells people by e-mail what became of orders and stock. Owns the database `notifications`; knows
/// orders only from their events.
@NullMarked
package io.eventshop.notifications;

import org.jspecify.annotations.NullMarked;
