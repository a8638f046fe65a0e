package io.eventshop.proof.system.bugs;

import static io.eventshop.proof.shop.Services.INVENTORY;
import static io.eventshop.proof.shop.Services.NOTIFICATION;
import static io.eventshop.proof.shop.Services.ORDER;
import static io.eventshop.proof.system.bugs.Patch.messaging;
import static io.eventshop.proof.system.bugs.Provocation.ALL_FAIL_ALIKE;
import static io.eventshop.proof.system.bugs.Provocation.BACKLOG;
import static io.eventshop.proof.system.bugs.Provocation.BROKER_AWAY;
import static io.eventshop.proof.system.bugs.Provocation.CONCURRENT_STOCK;
import static io.eventshop.proof.system.bugs.Provocation.CRASH_IN_HANDLER;
import static io.eventshop.proof.system.bugs.Provocation.DUPLICATES;
import static io.eventshop.proof.system.bugs.Provocation.FORGOTTEN_LOCK;
import static io.eventshop.proof.system.bugs.Provocation.KEY_ACROSS_A_CRASH;
import static io.eventshop.proof.system.bugs.Provocation.LATE_COMMIT;
import static io.eventshop.proof.system.bugs.Provocation.MENDED_LATER;
import static io.eventshop.proof.system.bugs.Provocation.POISON;
import static io.eventshop.proof.system.bugs.Provocation.REFUSED_RECORD;
import static io.eventshop.proof.system.bugs.Provocation.REPLAY_WITHOUT_MEMORY;
import static io.eventshop.proof.system.bugs.Provocation.SESSIONS_ENDED;
import static io.eventshop.proof.system.bugs.Provocation.TWO_OWNERS;

import io.eventshop.launcher.services.Service;
import java.util.List;

/// The mistakes that others have made in systems like this one, see `docs/guarantees.md`. Each is
/// made here in the one service where its provocation shows it.
enum SeededBug {
    DELETES_BEFORE_THE_ACK(
            "the relay deletes what it sends before the broker has it",
            ORDER,
            BROKER_AWAY,
            4,
            messaging(
                    "outbox/RelayLoop.java",
                    """
                            List<Outcome> outcomes = transport.send(records, properties.ackDeadline());

                            List<Queued> acked = select(rows, outcomes, Acked.class::isInstance);
                            queue.delete(acked);
                    """,
                    """
                            queue.delete(rows);
                            List<Outcome> outcomes = transport.send(records, properties.ackDeadline());

                            List<Queued> acked = select(rows, outcomes, Acked.class::isInstance);
                    """)),
    PUBLISHES_BEFORE_THE_COMMIT(
            "events are sent when they are made, and the transaction may still roll back",
            INVENTORY,
            POISON,
            4,
            messaging(
                    "outbox/Stamp.java",
                    "int size = row.toRecord().size();",
                    """
                    int size = row.toRecord().size();
                    var record =
                            new org.apache.kafka.clients.producer.ProducerRecord<>(
                                    row.topic(), row.toRecord().key().getBytes(), row.payload());
                    row.toRecord().attributes().forEach((name, value) ->
                            record.headers().add(
                                    name.equals("content-type") ? name : "ce_" + name,
                                    value.getBytes()));
                    NOW.send(record);
                    """),
            messaging(
                    "outbox/Stamp.java",
                    "private static final Logger log = LoggerFactory.getLogger(Stamp.class);",
                    """
                    private static final Logger log = LoggerFactory.getLogger(Stamp.class);
                    private static final org.apache.kafka.clients.producer.KafkaProducer<byte[], byte[]>
                            NOW =
                                    new org.apache.kafka.clients.producer.KafkaProducer<>(
                                            java.util.Map.of(
                                                    "bootstrap.servers",
                                                    System.getenv("SPRING_KAFKA_BOOTSTRAP_SERVERS")),
                                            new org.apache.kafka.common.serialization
                                                    .ByteArraySerializer(),
                                            new org.apache.kafka.common.serialization
                                                    .ByteArraySerializer());
                    """)),
    PUBLISHES_BY_A_CURSOR(
            "the relay goes on behind the last number that it has published",
            ORDER,
            LATE_COMMIT,
            4,
            messaging(
                    "outbox/ShardQueue.java",
                    """
                            return jdbc.sql("execute outbox_oldest(%d, %d, %d)".formatted(shard, rowsMax, bytesMax))
                                    .query(ShardQueue::map)
                                    .list();
                    """,
                    """
                            return jdbc.sql("execute outbox_oldest(%d, %d, %d)".formatted(shard, rowsMax, bytesMax))
                                    .query(ShardQueue::map)
                                    .list().stream().filter(row -> row.seq() > CURSORS[shard]).toList();
                    """),
            messaging(
                    "outbox/ShardQueue.java",
                    "int deleted =",
                    "CURSORS[shard] = rows.getLast().seq(); int deleted ="),
            messaging(
                    "outbox/ShardQueue.java",
                    "record ShardQueue(JdbcClient jdbc, int shard) {",
                    """
                    record ShardQueue(JdbcClient jdbc, int shard) {
                        private static final long[] CURSORS = new long[Shard.COUNT];
                    """)),
    SKIP_LOCKED_WORKERS(
            "several workers empty a shard, each with the rows that no other has locked",
            ORDER,
            BACKLOG,
            4,
            messaging(
                    "outbox/ShardQueue.java",
                    "sum(size) over (order by seq rows unbounded preceding) - size as bytes_before",
                    "0 as bytes_before"),
            messaging("outbox/ShardQueue.java", "limit $2\n", "limit $2 for update skip locked\n"),
            messaging(
                    "outbox/ShardQueue.java",
                    "select pg_try_advisory_xact_lock(?, ?)",
                    "select cast(? as int) is not null and cast(? as int) is not null"),
            messaging("outbox/RelayLoop.java", "queue.oldest(rowsMax, ", "queue.oldest(1, "),
            messaging("outbox/RelayLoop.java", "rows.size() >= rowsMax", "rows.size() >= 1"),
            // Workers are never equally quick; here it shows sooner.
            messaging(
                    "outbox/RelayLoop.java",
                    "long selected = System.nanoTime();",
                    """
                    long selected = System.nanoTime();
                    java.util.concurrent.locks.LockSupport.parkNanos(
                            ThreadLocalRandom.current().nextLong(50_000_000));
                    """),
            messaging(
                    "outbox/Relay.java",
                    "IntStream.range(0, shards)",
                    "IntStream.range(0, 3 * shards).map(i -> i % shards)"),
            messaging(
                    "outbox/RelayPool.java",
                    "CONNECTIONS = Shard.COUNT + 1",
                    "CONNECTIONS = 3 * Shard.COUNT + 1")),
    GOES_ON_AFTER_A_REFUSED_EVENT(
            "an event that the broker refuses is put aside, and the next one of its key is sent",
            ORDER,
            REFUSED_RECORD,
            4,
            messaging(
                    "outbox/ShardQueue.java",
                    "and parked.aggregate_id = outbox.aggregate_id)",
                    "and parked.seq = outbox.seq)")),
    REMEMBERS_NOTHING(
            "every delivery is new; nor does the order's reservation stop a second one",
            INVENTORY,
            DUPLICATES,
            2,
            messaging(
                    "inbox/ProcessedMessages.java",
                    """
                        Set<UUID> mark(String consumer, List<Incoming> batch) {
                    """,
                    """
                        Set<UUID> mark(String consumer, List<Incoming> batch) {
                            var _ = markNew(consumer, batch);
                            return Set.copyOf(batch.stream().map(Incoming::id).toList());
                        }

                        Set<UUID> markNew(String consumer, List<Incoming> batch) {
                    """),
            Patches.RESERVES_AGAIN),
    REMEMBERS_IN_ITS_OWN_TRANSACTION(
            "that an event is processed is committed before its effect",
            INVENTORY,
            POISON,
            1,
            messaging(
                    "inbox/ProcessedMessages.java",
                    """
                        Set<UUID> mark(String consumer, List<Incoming> batch) {
                    """,
                    """
                        Set<UUID> mark(String consumer, List<Incoming> batch) {
                            var own =
                                    new org.springframework.transaction.support.TransactionTemplate(
                                            new org.springframework.jdbc.support
                                                    .JdbcTransactionManager(dataSource));
                            own.setPropagationBehavior(3); // requires new
                            return own.execute(_ -> markInIt(consumer, batch));
                        }

                        Set<UUID> markInIt(String consumer, List<Incoming> batch) {
                    """),
            messaging(
                    "inbox/ProcessedMessages.java",
                    "record ProcessedMessages(JdbcClient jdbc) {",
                    "record ProcessedMessages(JdbcClient jdbc, javax.sql.DataSource dataSource) {")),
    MARKS_LAST(
            "events are marked behind their effects; nor does the order's reservation stop a second one",
            INVENTORY,
            TWO_OWNERS,
            2,
            messaging(
                    "inbox/BatchTransaction.java",
                    "new HashSet<>(mark(consumer, batch));",
                    "new HashSet<>(processed.unmarked(consumer, batch));"),
            messaging(
                    "inbox/BatchTransaction.java",
                    "handling.handle(subscription, toHandle);",
                    "handling.handle(subscription, toHandle); var _ = mark(consumer, batch);"),
            messaging(
                    "inbox/ProcessedMessages.java",
                    """
                        Set<UUID> mark(String consumer, List<Incoming> batch) {
                    """,
                    """
                        Set<UUID> unmarked(String consumer, List<Incoming> batch) {
                            var marked =
                                    jdbc.sql(
                                                    \"""
                                                    select event_id
                                                    from messaging.processed_message
                                                    where consumer = :consumer
                                                    \""")
                                            .param("consumer", consumer)
                                            .query(UUID.class)
                                            .set();
                            return batch.stream()
                                    .map(Incoming::id)
                                    .filter(id -> !marked.contains(id))
                                    .collect(java.util.stream.Collectors.toSet());
                        }

                        Set<UUID> mark(String consumer, List<Incoming> batch) {
                    """),
            new Patch(
                    Patches.SERVICE,
                    """
                            var known = reservations.findWithLines(orderIds);
                            return new LockedStock(items.lock(skus(events, known)), known);
                    """,
                    """
                            var locked = items.lock(skus(events, List.of()));
                            return new LockedStock(locked, reservations.findWithLines(orderIds));
                    """),
            Patches.RESERVES_AGAIN),
    COMMITS_OFFSETS_FIRST(
            "offsets are committed before the effects",
            INVENTORY,
            CRASH_IN_HANDLER,
            1,
            new Patch(
                    Patches.KAFKA_RECEIVER,
                    "handler.handle(batch)",
                    "acknowledgment.acknowledge(); handler.handle(batch)"),
            new Patch(Patches.KAFKA_RECEIVER, "AckMode.MANUAL)", "AckMode.MANUAL_IMMEDIATE)")),
    REMEMBERS_OFFSETS(
            "an event is known by where it lies; nor does the order's reservation stop a second one",
            INVENTORY,
            DUPLICATES,
            2,
            messaging(
                    "inbox/ProcessedMessages.java",
                    """
                        Set<UUID> mark(String consumer, List<Incoming> batch) {
                    """,
                    """
                        Set<UUID> mark(String consumer, List<Incoming> batch) {
                            var places = markPlaces(consumer, batch);
                            return Set.copyOf(
                                    batch.stream()
                                            .filter(one ->
                                                    places.contains(one.delivery().position().id()))
                                            .map(Incoming::id)
                                            .toList());
                        }

                        Set<UUID> markPlaces(String consumer, List<Incoming> batch) {
                    """),
            messaging(
                    "inbox/ProcessedMessages.java",
                    "Column.of(batch, Incoming::id)",
                    "Column.of(batch, incoming -> incoming.delivery().position().id())"),
            Patches.RESERVES_AGAIN),
    READS_STOCK_WITHOUT_A_LOCK(
            "stock is read, decided on and written back, by whoever comes",
            INVENTORY,
            CONCURRENT_STOCK,
            2,
            new Patch(
                    Patches.INVENTORY + "item/Items.java",
                    """
                        @Lock(LockModeType.PESSIMISTIC_WRITE)
                        @Query("select item from Item item where item.sku in :skus order by item.sku")
                    """,
                    """
                        @Query("select item from Item item where item.sku in :skus order by item.sku")
                    """),
            new Patch(
                    Patches.INVENTORY + "item/Items.java",
                    """
                        @Lock(LockModeType.PESSIMISTIC_WRITE)
                        @Query("select item from Item item where item.sku = :sku")
                    """,
                    """
                        @Query("select item from Item item where item.sku = :sku")
                    """),
            new Patch(
                    Patches.INVENTORY + "item/Item.java",
                    "@Version private @Nullable Long version;",
                    "private @Nullable Long version = 0L;")),
    RELEASES_TWICE(
            "a cancellation that comes again gives back again",
            INVENTORY,
            REPLAY_WITHOUT_MEMORY,
            2,
            new Patch(Patches.RESERVATION, "case RESERVED -> {", "case RESERVED, RELEASED -> {"),
            new Patch(
                    Patches.RESERVATION,
                    "case REJECTED, RELEASED -> new Decision.Unchanged();",
                    "case REJECTED -> new Decision.Unchanged();"),
            new Patch(
                    Patches.RESERVATION,
                    "case RESERVED -> List.copyOf(lines);",
                    "case RESERVED, RELEASED -> List.copyOf(lines);"),
            new Patch(
                    Patches.RESERVATION,
                    "case REJECTED, RELEASED -> List.of();",
                    "case REJECTED -> List.of();")),
    RESERVES_AGAIN(
            "an order that is placed again reserves again",
            INVENTORY,
            REPLAY_WITHOUT_MEMORY,
            2,
            Patches.RESERVES_AGAIN),
    STORES_THE_KEY_AFTER_THE_COMMIT(
            "the idempotency key is stored when the order is there",
            ORDER,
            KEY_ACROSS_A_CRASH,
            5,
            new Patch(
                    "shared-web/src/main/java/io/eventshop/web/idempotency/IdempotencyKeys.java",
                    "            store(key, operation, hash, id.apply(resource));\n",
                    """
                            String resourceId = id.apply(resource);
                            org.springframework.transaction.support
                                    .TransactionSynchronizationManager.registerSynchronization(
                                    new org.springframework.transaction.support
                                            .TransactionSynchronization() {
                                        @Override
                                        public void afterCommit() {
                                            java.util.concurrent.CompletableFuture.runAsync(
                                                            () ->
                                                                    store(
                                                                            key,
                                                                            operation,
                                                                            hash,
                                                                            resourceId))
                                                    .join();
                                        }
                                    });
                    """)),
    BURIES_WHAT_THE_DATABASE_REFUSED(
            "an error of the database that would pass makes its event a dead letter",
            INVENTORY,
            SESSIONS_ENDED,
            7,
            messaging(
                    "inbox/Inbox.java",
                    "case INFRASTRUCTURE -> isOut(incoming);",
                    "case INFRASTRUCTURE -> true;")),
    ACKNOWLEDGES_WHATEVER_HAPPENED(
            "a batch that failed is acknowledged like any other",
            INVENTORY,
            SESSIONS_ENDED,
            1,
            messaging(
                    "inbox/RetryPauses.java",
                    "return Optional.of(pause);",
                    "return Optional.empty();")),
    BEGINS_WITH_THE_LATEST(
            "a consumer without offsets begins at the end: auto.offset.reset=latest",
            INVENTORY,
            REPLAY_WITHOUT_MEMORY,
            1,
            new Patch(Patches.KAFKA_RECEIVER, "\"earliest\"", "\"latest\"")),
    LETS_FOLLOWERS_OVERTAKE(
            "what follows a dead letter is applied, and the dead letter after it",
            INVENTORY,
            POISON,
            7,
            messaging(
                    "inbox/BatchTransaction.java",
                    "} else if (blocked.contains(incoming.sequence())) {",
                    "} else if (blocked.contains(incoming.sequence()) && incoming.content() instanceof Foreign) {")),
    LETS_FOLLOWERS_OVERTAKE_WHAT_WAITS(
            "what follows an event that waits for a lock is applied before it; nor does a cancellation stop what comes after it",
            INVENTORY,
            FORGOTTEN_LOCK,
            2,
            messaging(
                    "inbox/BatchTransaction.java",
                    "} else if (blocked.contains(incoming.sequence())) {",
                    "} else if (blocked.contains(incoming.sequence()) && incoming.content() instanceof Foreign) {"),
            new Patch(
                    Patches.SERVICE,
                    "stock.add(reservations.save(Reservation.tombstone(event.orderId())));",
                    "")),
    SKIPS_WHAT_IT_HAS_TRIED(
            "a consumer that has stopped tries an event, and lets it go",
            INVENTORY,
            ALL_FAIL_ALIKE,
            7,
            messaging(
                    "inbox/Inbox.java",
                    "throw new ConsumerStoppedException(why.fingerprint(), failure);",
                    "return;")),
    THROWS_POISON_AWAY(
            "what cannot be applied is marked as processed, and that is all",
            INVENTORY,
            POISON,
            7,
            messaging(
                    "inbox/BatchTransaction.java",
                    """
                            blockedKeys.block(incoming.sequence());
                            deadLetters.add(incoming, Status.DEAD, failure);
                    """,
                    "")),
    CONFIRMS_A_CANCELLED_ORDER(
            "an answer of the stock that comes too late confirms what was cancelled",
            ORDER,
            BACKLOG,
            1,
            new Patch(
                    "order-service/src/main/java/io/eventshop/orders/order/Order.java",
                    """
                                case PENDING -> move(CONFIRMED, null, new OrderConfirmed(id));
                                case CONFIRMED -> new Decision.Unchanged();
                                case CANCELLED -> new Decision.Crossed();
                    """,
                    """
                                case PENDING, CANCELLED ->
                                        move(CONFIRMED, null, new OrderConfirmed(id));
                                case CONFIRMED -> new Decision.Unchanged();
                    """)),
    LEAVES_AN_EVENT_OUT(
            "an event is counted, and not among those that the handler returns",
            INVENTORY,
            BACKLOG,
            4,
            new Patch(Patches.SERVICE, "return decision.events();", "return List.of();")),
    NUMBERS_TWICE(
            "an event has the number of the one before, and is not counted",
            INVENTORY,
            BACKLOG,
            4,
            new Patch(
                    Patches.RESERVATION,
                    "counted(new StockReleased(orderId, given))",
                    "new NumberedEvent(new StockReleased(orderId, given), eventVersion)")),
    NAMES_ANOTHER_AGGREGATE(
            "an event is said to be of an order that is not the one which counted it",
            INVENTORY,
            BACKLOG,
            7,
            new Patch(
                    Patches.RESERVATION,
                    "counted(new StockReleased(orderId, given))",
                    "counted(new StockReleased(UUID.randomUUID(), given))")),
    LOSES_THE_FLOW(
            "what a batch answers belongs to the flow of its first event",
            INVENTORY,
            BACKLOG,
            4,
            messaging(
                    "inbox/Handling.java",
                    "P prepared = subscription.preparation().apply(events);",
                    "FLOW.remove(); P prepared = subscription.preparation().apply(events);"),
            messaging(
                    "inbox/Handling.java",
                    "var flow = new Correlation(metadata.correlationId(), metadata.id().toString());",
                    """
                    if (FLOW.get() == null) {
                        FLOW.set(
                                new Correlation(
                                        metadata.correlationId(), metadata.id().toString()));
                    }
                    var flow = FLOW.get();
                    """),
            messaging(
                    "inbox/Handling.java",
                    "    /// In the running transaction, and nothing",
                    """
                    private static final ThreadLocal<Correlation> FLOW = new ThreadLocal<>();

                    /// In the running transaction, and nothing\
                    """)),
    REPLAYS_WITHOUT_ITS_EVENTS(
            "a replay has its effects, and what it has to say is not appended",
            INVENTORY,
            MENDED_LATER,
            4,
            messaging(
                    "inbox/DeadLetterDesk.java",
                    "handling.handle(subscription, List.of(incoming));",
                    "applyOnly(subscription, (Decoded) incoming.content());"),
            messaging(
                    "inbox/DeadLetterDesk.java",
                    "    /// A letter that was not believed stands",
                    """
                    private static <P> void applyOnly(Subscription<P> subscription, Decoded decoded) {
                        P prepared = subscription.preparation().apply(List.of(decoded.event()));
                        var _ =
                                subscription.handle(
                                        decoded.event(), decoded.metadata(), prepared);
                        subscription.writing().accept(prepared);
                    }

                    /// A letter that was not believed stands\
                    """)),
    FORGETS_CANCELLATIONS(
            "nobody is told that an order is cancelled",
            NOTIFICATION,
            BACKLOG,
            3,
            new Patch(
                    "notification-service/src/main/java/io/eventshop/notifications/notification/messaging/NotificationMessaging.java",
                    ".on(OrderCancelled.class, notifications::on)",
                    "")),
    MAILS_THE_FIRST_RECIPIENT(
            "every mail goes to whom the first one went; what is written down is right",
            NOTIFICATION,
            BACKLOG,
            3,
            new Patch(
                    Patches.POSTMAN,
                    "content.setTo(mail.recipient().value());",
                    """
                    if (first == null) {
                        first = mail.recipient().value();
                    }
                    content.setTo(first);
                    """),
            new Patch(
                    Patches.POSTMAN,
                    "private final String messageIdDomain;",
                    "private final String messageIdDomain; private volatile @Nullable String first;"));

    /// What several bugs share. A class of its own, since an enum's constants cannot see constants
    /// of the enum.
    private static final class Patches {

        private static final String POSTMAN =
                "notification-service/src/main/java/io/eventshop/notifications/notification/smtp/Postman.java";

        private static final String KAFKA_RECEIVER =
                "shared-events/messaging-kafka/src/main/java/io/eventshop/messaging/kafka/KafkaReceiver.java";

        private static final String INVENTORY =
                "inventory-service/src/main/java/io/eventshop/inventory/";

        private static final String SERVICE = INVENTORY + "reservation/ReservationService.java";

        private static final String RESERVATION = INVENTORY + "reservation/Reservation.java";

        /// The reservation row makes a second `OrderPlaced` harmless, whatever the inbox has
        /// forgotten. So what is wrong with an inbox shows only in a build without that.
        private static final Patch RESERVES_AGAIN =
                new Patch(
                        SERVICE,
                        """
                                    var status = known.get().status();
                                    AfterCommit.run(() -> log.info("Order placed again, its reservation stays {}", status));
                                    return List.of();
                        """,
                        """
                                    return hold(known.get().held(), stock).toList();
                        """);
    }

    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // a record of values
    private final Service service;

    private final Provocation provocation;
    private final int promise;

    @SuppressWarnings("ImmutableEnumChecker") // a copy
    private final List<Patch> patches;

    /// @param promise the number of the one that it breaks
    SeededBug(
            String sentence,
            Service service,
            Provocation provocation,
            int promise,
            Patch... patches) {
        this.sentence = sentence;
        this.service = service;
        this.provocation = provocation;
        this.promise = promise;
        this.patches = List.of(patches);
    }

    String sentence() {
        return sentence;
    }

    Service service() {
        return service;
    }

    Provocation provocation() {
        return provocation;
    }

    int promise() {
        return promise;
    }

    List<Patch> patches() {
        return patches;
    }
}
