package io.eventshop.notifications.notification.smtp;

import io.eventshop.messaging.background.BackgroundWork;
import io.eventshop.messaging.background.Pause;
import io.eventshop.messaging.background.Step;
import io.eventshop.notifications.notification.MailsDue;
import java.util.Collections;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/// Keeps the dispatcher running: pass after pass while there is work, then until a commit wakes it
/// or the poll is due.
///
/// A stop lets the mail that is on its way arrive, and puts the rest of the batch back. A
/// conversation that takes longer than the stop may is abandoned; its mail is sent again.
@Component
class DispatcherThreads extends BackgroundWork {

    DispatcherThreads(MailDispatcher dispatcher, DispatcherProperties limits) {
        super("mails", () -> Collections.nCopies(limits.threads(), step(dispatcher, limits)));
    }

    /// New mails do not shorten the pause of an outage: under load they would turn a back-off into
    /// a hail of attempts. What throws is the queue, whose database is away; what was taken comes
    /// back when its lease ends.
    private static Step step(MailDispatcher dispatcher, DispatcherProperties limits) {
        return stopping ->
                switch (dispatcher.dispatch(stopping)) {
                    case FULL -> Pause.NONE;
                    case DRAINED -> Pause.untilWoken(limits.pollInterval());
                    case OUTAGE -> Pause.of(limits.retryDelayMin());
                };
    }

    /// Called after the commit; only wakes, as the committing thread still holds its connection.
    @TransactionalEventListener
    void wake(MailsDue due) {
        wake();
    }
}
