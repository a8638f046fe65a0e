package io.eventshop.proof.system.crash;

import static io.eventshop.proof.shop.Services.INVENTORY;
import static io.eventshop.proof.shop.Services.NOTIFICATION;
import static io.eventshop.proof.shop.Services.ORDER;
import static io.eventshop.proof.system.crash.Step.after;
import static io.eventshop.proof.system.crash.Step.before;

import io.eventshop.launcher.services.Service;
import java.util.List;
import java.util.Locale;

/// The matrix: each step of a request, of the relay and of a consumer, as a place between two
/// things that a service does, with the work that is lost or done twice if a death there is not
/// thought of.
///
/// In the order in which an event travels. Where several steps are named, one thread has to pass
/// them in this order, so that it is this piece of work which is cut off and not some other that
/// takes the same way.
@SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list, and a constructor
enum CrashPoint {
    // A request: load, decide, flush, append, history, remember the key, commit, answer.
    REQUEST_ARRIVED(ORDER, OrderWork::placed, before(Code.KEYS, "once")),
    KEY_LOCKED(ORDER, OrderWork::placed, after(Code.KEYS, "find")),
    ORDER_FLUSHED(ORDER, OrderWork::placed, before(Code.APPEND, "append")),
    EVENT_APPENDED(ORDER, OrderWork::placed, after(Code.APPEND, "append")),
    HISTORY_WRITTEN(ORDER, OrderWork::placed, after(Code.HISTORY, "appended")),
    KEY_STORED(ORDER, OrderWork::placed, after(Code.KEYS, "store")),
    COMMITTED_WITHOUT_WAKING_THE_RELAY(ORDER, OrderWork::placed, before(Code.RELAY, "wake")),
    PLACED_WITHOUT_ANSWER(ORDER, OrderWork::placed, after(Code.CONTROLLER, "placeOrRefuse")),
    CANCELLED_WITHOUT_ANSWER(ORDER, OrderWork::cancelled, after(Code.CONTROLLER, "cancel")),
    GOODS_RECEIVED_WITHOUT_ANSWER(INVENTORY, Receipt::new, after(Code.ITEMS, "receive")),

    // The relay, with several rows to publish in one pass: lock, select, send, await, delete,
    // commit.
    SHARD_LOCKED(ORDER, Backlog::new, before(Code.QUEUE, "oldest")),
    ROWS_SELECTED(ORDER, Backlog::new, before(Code.TRANSPORT, "send")),
    FIRST_ROW_SENT(ORDER, Backlog::new, after(Code.SENDING, "send"), before(Code.SENDING, "send")),
    ALL_ROWS_SENT(ORDER, Backlog::new, before(Code.SENDING, "outcomes")),
    FIRST_ROW_ACKED(
            ORDER,
            Backlog::new,
            after(Code.SENDING, "isAnswered"),
            before(Code.SENDING, "isAnswered")),
    ALL_ROWS_ACKED(ORDER, Backlog::new, before(Code.QUEUE, "delete")),
    ROWS_DELETED(ORDER, Backlog::new, after(Code.QUEUE, "delete")),
    PASS_COMMITTED(ORDER, Backlog::new, after(Code.QUEUE, "delete"), after(Code.LOOP, "run")),
    ANSWER_ACKED(INVENTORY, OrderWork::placed, before(Code.QUEUE, "delete")),

    // A consumer with effects and an answer: mark, lock, decide, flush, append, commit, commit the
    // offsets.
    BATCH_POLLED(INVENTORY, OrderWork::placed, before(Code.RECEPTION, "handle")),
    EVENTS_MARKED(INVENTORY, OrderWork::placed, after(Code.PROCESSED, "mark")),
    ITEMS_LOCKED(INVENTORY, OrderWork::placed, after(Code.RESERVATIONS, "prepare")),
    STOCK_RESERVED(INVENTORY, OrderWork::placed, after(Code.RESERVATION, "reserve")),
    RESERVATION_FLUSHED(INVENTORY, OrderWork::placed, before(Code.APPEND, "append")),
    ANSWER_APPENDED(INVENTORY, OrderWork::placed, after(Code.APPEND, "append")),
    RESERVATION_COMMITTED(
            INVENTORY,
            OrderWork::placed,
            after(Code.RESERVATION, "reserve"),
            after(Code.INBOX, "receive")),
    OFFSETS_COMMITTED(
            INVENTORY,
            OrderWork::placed,
            after(Code.RESERVATION, "reserve"),
            after(Code.CONSUMER, "commitSync")),
    STOCK_RELEASED(INVENTORY, OrderWork::cancelled, after(Code.RESERVATION, "release")),
    RELEASE_APPENDED(
            INVENTORY,
            OrderWork::cancelled,
            after(Code.RESERVATION, "release"),
            after(Code.APPEND, "append")),

    // The saga, and what ends it when the stock is silent.
    ORDER_REJECTED(ORDER, OrderWork::soldOut, after(Code.SAGA, "decide")),
    CONFIRMATION_COMMITTED(
            ORDER, OrderWork::placed, after(Code.SAGA, "decide"), after(Code.INBOX, "receive")),
    WAIT_GIVEN_UP(ORDER, Unanswered::new, after(Code.DEADLINE, "giveUp")),
    GIVING_UP_COMMITTED(ORDER, Unanswered::new, after(Code.DEADLINE, "isGivenUp")),
    PRICE_COPIED(ORDER, Relisting::new, after(Code.COPIES, "keep")),

    // Mails: write down, commit, lease, send, report.
    MAIL_WRITTEN(
            NOTIFICATION,
            OrderWork::placed,
            after(Code.MAILS, "tellCustomer"),
            after(Code.MAILS, "write")),
    MAIL_COMMITTED(
            NOTIFICATION,
            OrderWork::placed,
            after(Code.MAILS, "tellCustomer"),
            before(Code.CONSUMER, "commitSync")),
    MAIL_LEASED(NOTIFICATION, OrderWork::placed, before(Code.POSTMAN, "deliver")),
    MAIL_SENT(NOTIFICATION, OrderWork::placed, after(Code.POSTMAN, "deliver")),
    MAIL_REPORTED(NOTIFICATION, OrderWork::placed, after(Code.DISPATCHER, "report")),

    // What cannot be applied: bury, and replay.
    EVENT_BURIED(NOTIFICATION, DeadLetterWork::buried, after(Code.BATCH, "bury")),
    BURIAL_COMMITTED(NOTIFICATION, DeadLetterWork::buried, after(Code.INBOX, "bury")),
    EVENT_REPLAYED(NOTIFICATION, DeadLetterWork::replayed, after(Code.DESK, "apply")),
    REPLAY_COMMITTED(
            NOTIFICATION,
            DeadLetterWork::replayed,
            after(Code.DESK, "apply"),
            after(Code.DESK, "replay")),

    // Forgetting what no topic holds any more.
    MARKS_CLEANED(INVENTORY, Cleaning::new, after(Code.PROCESSED, "clean"));

    @SuppressWarnings("ImmutableEnumChecker") // a record of values
    private final Service service;

    private final Work.Maker work;
    private final List<Step> steps;

    CrashPoint(Service service, Work.Maker work, Step... steps) {
        this.service = service;
        this.work = work;
        this.steps = List.of(steps);
    }

    Service service() {
        return service;
    }

    List<Step> steps() {
        return steps;
    }

    Work work(Scene scene) {
        return work.in(scene);
    }

    @Override
    public String toString() {
        return service.name().toLowerCase(Locale.ROOT)
                + ": "
                + name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// The classes by name: none but the messaging ones are on the tests' class path, and most are
    /// nobody's business outside of their package. A name that is wrong ends the service's start.
    private static final class Code {
        static final String KEYS = "io.eventshop.web.idempotency.IdempotencyKeys";
        static final String CONTROLLER = "io.eventshop.orders.order.web.OrderController";
        static final String ITEMS = "io.eventshop.inventory.item.web.ItemController";
        static final String APPEND = "io.eventshop.messaging.internal.outbox.AppendStatement";
        static final String HISTORY = "io.eventshop.orders.order.OrderHistory";
        static final String RELAY = "io.eventshop.messaging.background.BackgroundWork";
        static final String LOOP = "io.eventshop.messaging.internal.outbox.RelayLoop";
        static final String QUEUE = "io.eventshop.messaging.internal.outbox.ShardQueue";
        static final String TRANSPORT = "io.eventshop.messaging.kafka.KafkaTransport";
        static final String SENDING = "io.eventshop.messaging.kafka.Sending";
        static final String RECEPTION = "io.eventshop.messaging.internal.inbox.RetryPauses";
        static final String CONSUMER = "org.apache.kafka.clients.consumer.KafkaConsumer";
        static final String INBOX = "io.eventshop.messaging.internal.inbox.Inbox";
        static final String BATCH = "io.eventshop.messaging.internal.inbox.BatchTransaction";
        static final String PROCESSED = "io.eventshop.messaging.internal.inbox.ProcessedMessages";
        static final String DESK = "io.eventshop.messaging.internal.inbox.DeadLetterDesk";
        static final String RESERVATIONS = "io.eventshop.inventory.reservation.ReservationService";
        static final String RESERVATION = "io.eventshop.inventory.reservation.Reservation";
        static final String SAGA = "io.eventshop.orders.order.OrderSaga";
        static final String DEADLINE = "io.eventshop.orders.order.StockDeadline";
        static final String COPIES = "io.eventshop.orders.item.ItemCopies";
        static final String MAILS = "io.eventshop.notifications.notification.NotificationService";
        static final String POSTMAN = "io.eventshop.notifications.notification.smtp.Postman";
        static final String DISPATCHER =
                "io.eventshop.notifications.notification.smtp.MailDispatcher";
    }
}
