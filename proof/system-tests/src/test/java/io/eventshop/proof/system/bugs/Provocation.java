package io.eventshop.proof.system.bugs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.launcher.servers.RawRecord;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.shop.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Circumstances that a shop has to stand, and in which a bug shows. None leaves to chance whether
/// they come about: what has to meet is made to wait for each other.
enum Provocation {
    /// The broker is killed, and is away for longer than a relay waits for it.
    BROKER_AWAY {
        @Override
        void happenTo(SmallShop shop) throws Exception {
            shop.customers().place(3, SKU);
            shop.during(
                    "kill",
                    "kafka",
                    () -> {
                        shop.kafka().kill();
                        shop.customers().place(12, SKU);
                        var _ =
                                shop.wait(
                                        Duration.ofSeconds(5),
                                        () -> shop.isPublished(Services.ORDER));
                        shop.kafka().start();
                    });
        }
    },

    /// A transaction that has drawn its numbers commits after later ones were published.
    LATE_COMMIT {
        @Override
        void happenTo(SmallShop shop) throws Exception {
            var late = new ArrayList<Future<UUID>>();
            shop.during(
                    "late commit",
                    "order-service",
                    () -> {
                        // Orders with a key have to wait, after their event is in the outbox.
                        try (var _ = shop.lock(Services.ORDER, LOCK_KEYS)) {
                            IntStream.range(0, 4)
                                    .forEach(_ ->
                                            late.add(
                                                    shop.customers()
                                                            .placeMeanwhile(
                                                                    Customers.wish(SKU, 1))));
                            var _ =
                                    shop.wait(
                                            SOON,
                                            () -> shop.waiters(Services.ORDER) == late.size());
                            var others =
                                    IntStream.range(0, 24)
                                            .mapToObj(_ ->
                                                    shop.customers()
                                                            .placeMeanwhile(
                                                                    Customers.wish(SKU, 1)
                                                                            .withoutKey()))
                                            .toList();
                            for (var other : others) {
                                var _ = other.get();
                            }
                            var _ = shop.wait(SOON, () -> shop.isPublished(Services.ORDER));
                        }
                    });
            for (var order : late) {
                var _ = order.get();
            }
        }
    },

    /// The broker hangs while orders are placed and cancelled, and finds them all when it goes on.
    BACKLOG {
        @Override
        void happenTo(SmallShop shop) throws Exception {
            shop.during(
                    "pause",
                    "kafka",
                    () -> {
                        shop.kafka().pause();
                        for (int i = 0; i < 24; i++) {
                            shop.customers().cancel(shop.customers().place(Customers.wish(SKU, 1)));
                        }
                        shop.kafka().resume();
                    });
        }
    },

    /// The broker refuses an event for good, while a later one of the same order is small enough.
    REFUSED_RECORD {
        @Override
        void happenTo(SmallShop shop) throws Exception {
            shop.during(
                    "refused",
                    "kafka",
                    () -> {
                        shop.log().limitRecordSize("orders.events", RECORD_MAX);
                        var order = shop.customers().place(large());
                        var _ = shop.wait(SOON, () -> shop.number(Services.ORDER, PARKED) > 0);
                        shop.customers().cancel(order);
                        var _ =
                                shop.wait(
                                        Duration.ofSeconds(2),
                                        () ->
                                                shop.number(
                                                                Services.ORDER,
                                                                "select count(*) from messaging.outbox")
                                                        == 1);
                        shop.log().limitRecordSize("orders.events", RECORD_MAX_DECLARED);
                        shop.customers()
                                .retryParked(Services.ORDER, "orders.events", order.toString());
                    });
            shop.customers().place(3, SKU);
        }
    },

    /// Every record comes a second time.
    DUPLICATES {
        @Override
        void happenTo(SmallShop shop) throws Exception {
            shop.customers().place(6, SKU);
            shop.customers().cancel(shop.customers().place(Customers.wish(SKU, 5)));
            shop.awaitQuiet();
            for (String topic : List.of("orders.events", "reservations.events", "stock.events")) {
                var originals = new ArrayList<RawRecord>();
                try (var reader = shop.log().fromBeginning(List.of(topic))) {
                    reader.readToEnd(record -> originals.add(record.raw()));
                }
                shop.inject(originals, "duplicate");
            }
        }
    },

    /// Inventory forgets what it has processed and how far it has read, and orders come meanwhile.
    REPLAY_WITHOUT_MEMORY {
        @Override
        void happenTo(SmallShop shop) throws Exception {
            shop.customers().place(6, SKU);
            for (int i = 0; i < 3; i++) {
                shop.customers().cancel(shop.customers().place(Customers.wish(SKU, 1)));
            }
            shop.awaitQuiet();
            shop.during(
                    "amnesia",
                    "inventory-service",
                    () -> {
                        shop.process(Services.INVENTORY).stop();
                        shop.execute(Services.INVENTORY, "truncate messaging.processed_message");
                        deleteGroup(shop, "inventory-service.reservations");
                        shop.customers().place(3, SKU);
                        shop.launch(Services.INVENTORY);
                        shop.process(Services.INVENTORY).awaitReady();
                    });
        }
    },

    /// Goods arrive while orders for them are placed.
    CONCURRENT_STOCK {
        @Override
        void happenTo(SmallShop shop) throws Exception {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < 60; i++) {
                all.add(shop.customers().receiveMeanwhile(SKU, 10));
                all.add(shop.customers().placeMeanwhile(Customers.wish(SKU, 1)));
            }
            for (var one : all) {
                var _ = one.get();
            }
        }
    },

    /// A service dies in the middle of a batch.
    CRASH_IN_HANDLER {
        @Override
        void happenTo(SmallShop shop) throws Exception {
            shop.during(
                    "kill",
                    "inventory-service",
                    () -> {
                        try (var _ = shop.lock(Services.INVENTORY, LOCK_ITEMS)) {
                            shop.customers().place(5, SKU);
                            var _ = shop.wait(SOON, () -> shop.waiters(Services.INVENTORY) > 0);
                            shop.process(Services.INVENTORY).kill();
                            var _ = shop.wait(SOON, () -> shop.waiters(Services.INVENTORY) == 0);
                        }
                        shop.launch(Services.INVENTORY);
                        shop.process(Services.INVENTORY).awaitReady();
                    });
        }
    },

    /// The database ends the sessions in which a batch is applied, and then each of its events.
    SESSIONS_ENDED {
        @Override
        void happenTo(SmallShop shop) throws Exception {
            shop.during(
                    "terminate",
                    "postgresql",
                    () -> {
                        try (var _ = shop.lock(Services.INVENTORY, LOCK_ITEMS)) {
                            shop.customers().place(5, SKU);
                            for (int i = 0; i < 2; i++) {
                                var _ =
                                        shop.wait(
                                                SOON,
                                                () -> shop.endWaiters(Services.INVENTORY) > 0);
                            }
                        }
                    });
        }
    },

    /// The service dies between an order and the answer to it, and the customer comes again.
    KEY_ACROSS_A_CRASH {
        @Override
        void happenTo(SmallShop shop) throws Exception {
            var wish = Customers.wish(SKU, 2);
            var first = new ArrayList<Future<UUID>>();
            shop.during(
                    "kill",
                    "order-service",
                    () -> {
                        try (var _ = shop.lock(Services.ORDER, LOCK_KEYS)) {
                            first.add(shop.customers().placeMeanwhile(wish));
                            var _ = shop.wait(SOON, () -> shop.waiters(Services.ORDER) > 0);
                            shop.process(Services.ORDER).kill();
                            var _ = shop.wait(SOON, () -> shop.waiters(Services.ORDER) == 0);
                        }
                        shop.launch(Services.ORDER);
                        shop.process(Services.ORDER).awaitReady();
                    });
            var again =
                    IntStream.range(0, 8)
                            .mapToObj(_ -> shop.customers().placeMeanwhile(wish))
                            .toList();
            for (var one : again) {
                var _ = one.get();
            }
            var _ = first.getFirst().get();
        }
    },

    /// A second instance reads whatever the first one reads, as one does that has not noticed yet
    /// that its partitions are another's.
    TWO_OWNERS {
        @Override
        void happenTo(SmallShop shop) throws Exception {
            shop.during(
                    "two owners",
                    "inventory-service",
                    () -> {
                        var twin = shop.launchTwin(Services.INVENTORY);
                        twin.awaitReady();
                        shop.customers().place(2, SKU);
                        shop.awaitQuiet();
                        try (var _ = shop.lock(Services.INVENTORY, LOCK_ITEMS)) {
                            shop.customers().place(6, SKU);
                            var _ = shop.wait(SOON, () -> shop.waiters(Services.INVENTORY) > 1);
                        }
                        shop.awaitQuiet();
                        shop.end(twin);
                    });
        }
    },

    /// An order cannot be served, until somebody mends the cause and has it replayed.
    MENDED_LATER {
        @Override
        void happenTo(SmallShop shop) throws Exception {
            shop.during(
                    "mended later",
                    "inventory-service",
                    () -> {
                        shop.execute(Services.INVENTORY, REFUSE_RESERVATIONS);
                        var _ = shop.customers().place(Customers.wish(SKU, 1));
                        var _ =
                                shop.wait(
                                        SOON,
                                        () -> shop.number(Services.INVENTORY, OPEN_LETTERS) == 1);
                        shop.execute(Services.INVENTORY, "drop trigger refuse on reservation");
                        shop.replayDeadLetters(Services.INVENTORY);
                    });
        }
    },

    /// Somebody has locked an item and forgotten it; an order for it is cancelled meanwhile.
    FORGOTTEN_LOCK {
        @Override
        void happenTo(SmallShop shop) throws Exception {
            shop.during(
                    "forgotten lock",
                    "inventory-service",
                    () -> {
                        try (var _ = shop.lock(Services.INVENTORY, LOCK_ITEM)) {
                            var order = shop.customers().place(Customers.wish(SKU, 1));
                            var _ =
                                    shop.wait(
                                            SOON,
                                            () -> shop.number(Services.INVENTORY, WAITING) > 0);
                            shop.customers().cancel(order);
                            shop.customers().place(3, "MOUSE-1");
                            // A bug leaves nothing that one could wait for.
                            var _ =
                                    shop.wait(
                                            Duration.ofSeconds(5),
                                            () -> shop.number(Services.INVENTORY, FOLLOWERS) > 0);
                        }
                    });
        }
    },

    /// No order can be served, until somebody mends the cause and has replayed what failed by then.
    ALL_FAIL_ALIKE {
        @Override
        void happenTo(SmallShop shop) throws Exception {
            shop.during(
                    "all fail alike",
                    "inventory-service",
                    () -> {
                        shop.execute(Services.INVENTORY, REFUSE_RESERVATIONS);
                        shop.customers().place(12, SKU);
                        var _ =
                                shop.wait(
                                        SOON,
                                        () -> shop.number(Services.INVENTORY, OPEN_LETTERS) == 4);
                        // It has tried one more by then, twice.
                        var _ = shop.wait(Duration.ofSeconds(3), () -> false);
                        shop.execute(Services.INVENTORY, "drop trigger refuse on reservation");
                        shop.awaitQuiet();
                        shop.replayDeadLetters(Services.INVENTORY);
                    });
        }
    },

    /// In the middle of a batch is an order that cannot be, and elsewhere a record that cannot be
    /// read stands before what follows of its order. Both stay dead letters: the last to happen.
    POISON {
        @Override
        void happenTo(SmallShop shop) throws Exception {
            var poisoned = shop.customers().place(Customers.wish(SKU, 1));
            shop.awaitQuiet();
            shop.during(
                    "poison",
                    "inventory-service",
                    () -> {
                        try (var _ = shop.lock(Services.INVENTORY, LOCK_ITEMS)) {
                            // The first few hold up the rest, which so becomes one batch. Of so
                            // many hardly any partition has none before its impossible order.
                            shop.customers().place(60, SKU);
                            var _ = shop.wait(SOON, () -> shop.isPublished(Services.ORDER));
                            shop.inject(
                                    IntStream.range(0, 6)
                                            .mapToObj(Provocation::impossible)
                                            .toList(),
                                    "poison");
                            shop.inject(List.of(placed(null, poisoned, "{")), "poison");
                        }
                    });
            var _ =
                    shop.wait(
                            SOON,
                            () ->
                                    shop.number(
                                                    Services.INVENTORY,
                                                    "select count(*) from messaging.dead_letter")
                                            == 7);
            shop.customers().cancel(poisoned);
        }
    };

    private static final String SKU = "KEYBOARD-1";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String LOCK_KEYS = "lock table web.idempotency_key in share mode";
    private static final String LOCK_ITEMS = "select * from item for update";
    private static final String LOCK_ITEM =
            "select * from item where sku = '%s' for update".formatted(SKU);
    private static final String WAITING =
            "select count(*) from messaging.dead_letter where status = 'WAITING'";
    private static final String FOLLOWERS =
            "select count(*) from messaging.dead_letter where status = 'PARKED'";
    private static final String OPEN_LETTERS =
            "select count(*) from messaging.dead_letter where status = 'DEAD'";
    private static final String REFUSE_RESERVATIONS =
            """
            create or replace function refuse() returns trigger language plpgsql as
            $$ begin raise exception 'refused by the test'; end $$;
            create trigger refuse before insert on reservation for each row
            execute function refuse()
            """;
    private static final String PARKED = "select count(*) from messaging.outbox_parked";
    private static final String LINE =
            """
            {"sku":"KEYBOARD-1","quantity":1,"unitPrice":{"amountMinor":4990,"currency":"EUR"}}\
            """;

    /// Between an `OrderCancelled` and the `OrderPlaced` of [#large], as they are on the wire.
    private static final int RECORD_MAX = 850;

    private static final int RECORD_MAX_DECLARED = 1024 * 1024 + 4096;

    /// Returns when all of it has happened, though not all that follows from it.
    abstract void happenTo(SmallShop shop) throws Exception;

    /// Many lines and long words that do not compress.
    private static Wish large() {
        var lines = new LinkedHashMap<String, Integer>();
        for (String sku :
                List.of(SKU, "MOUSE-1", "MONITOR-1", "CABLE-1", "HEADSET-1", "WEBCAM-1")) {
            lines.put(sku, 1_000 + lines.size() * 123);
        }
        return Wish.of(
                random(60), random(60) + "@" + random(60) + "." + random(60) + ".test", lines);
    }

    private static String random(int length) {
        return (UUID.randomUUID().toString() + UUID.randomUUID())
                .replace("-", "")
                .substring(0, length);
    }

    private static void deleteGroup(SmallShop shop, String group) {
        var _ =
                shop.wait(
                        SOON,
                        () -> {
                            shop.log().deleteGroups(Set.of(group));
                            return true;
                        });
    }

    /// It can be read and cannot be served: it names an item twice.
    private static RawRecord impossible(int lane) {
        var order = UUID.randomUUID();
        return placed(
                Integer.toString(lane),
                order,
                """
                {"orderId":"%s","customerId":"eve","email":"eve@example.test",
                 "lines":[%2$s,%2$s],"total":{"amountMinor":9980,"currency":"EUR"}}
                """
                        .formatted(order, LINE));
    }

    /// An `OrderPlaced` that no service has sent.
    ///
    /// @param lane null for the key's own
    private static RawRecord placed(@Nullable String lane, UUID order, String json) {
        var headers =
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", UUID.randomUUID().toString(),
                        "ce_source", "/order-service",
                        "ce_type", "org.eventshop.orders.order-placed.v2",
                        "ce_subject", order.toString(),
                        "ce_partitionkey", order.toString(),
                        "ce_time", Instant.now().toString(),
                        "ce_aggregateversion", "1",
                        "ce_correlationid", "eve",
                        "content-type", "application/json");
        return RawRecord.of("orders.events", order.toString(), headers, json.getBytes(UTF_8))
                .inLane(lane);
    }
}
