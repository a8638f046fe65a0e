/// How notifications leave: a dispatcher takes mails from the queue and hands them to the mail
/// server, outside any transaction. The only package that knows SMTP.
@NullMarked
package io.eventshop.notifications.notification.smtp;

import org.jspecify.annotations.NullMarked;
