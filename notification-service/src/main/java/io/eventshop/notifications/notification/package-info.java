/// One notification: a letter to one recipient, written in the transaction of the event that it
/// tells about, sent later by the dispatcher.
///
/// The write is idempotent by what it says (one letter per source event and kind, and per order and
/// kind), the delivery is at least once: a crash between the mail server's answer and our mark
/// sends the letter again, under the same Message-ID.
@NullMarked
package io.eventshop.notifications.notification;

import org.jspecify.annotations.NullMarked;
