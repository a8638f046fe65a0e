package io.eventshop.inventory.reservation;

import static io.eventshop.inventory.Inventory.cancelled;
import static io.eventshop.inventory.Inventory.line;
import static io.eventshop.inventory.Inventory.newOrder;
import static io.eventshop.inventory.Inventory.placed;
import static io.eventshop.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.Inventory;
import io.eventshop.inventory.InventoryServiceApplication;
import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.launcher.servers.WireRecord;
import io.eventshop.testkit.Proof;
import io.eventshop.testkit.TestServers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// Two instances, eight hot items, load, and a third instance that takes over from one that leaves
/// in the middle.
@Proof(quarters = 2)
class TwoInstancesTest {

    private static final int ORDERS = 3000;
    private static final int STOCK = 4000;

    @Test
    void stock_is_exact_after_load_and_a_change_of_instances() {
        try (var kafka = new KafkaServer(Trees.temporary("kafka"), 0)) {
            kafka.start();
            var database = TestServers.database("inventory");
            try (var stays = instance(database, kafka)) {
                var inventory = stays.getBean(Inventory.class);
                var items =
                        IntStream.range(0, 8).mapToObj(_ -> inventory.itemWith(STOCK, 9)).toList();
                var random = new Random(42);

                var orders = new HashSet<UUID>();
                try (var _ = instance(database, kafka)) {
                    orders.addAll(order(inventory, items, random));
                } // it leaves in the middle of the load
                orders.addAll(order(inventory, items, random));
                try (var _ = instance(database, kafka)) {
                    orders.addAll(order(inventory, items, random));
                    answersEachOnce(inventory, orders);
                }

                inventory.staysExact();
                assertThat(inventory.count("select count(*) from messaging.dead_letter")).isZero();
                assertThat(
                                inventory.count(
                                        "select deadlocks from pg_stat_database where datname ="
                                                + " current_database()"))
                        .isZero();
            }
        }
    }

    /// A third of all orders; every fourth is cancelled. All together want more than there is.
    private static List<UUID> order(Inventory inventory, List<Sku> items, Random random) {
        var orders = new ArrayList<UUID>();
        for (int i = 0; i < ORDERS / 3; i++) {
            var order = newOrder();
            var _ = inventory.isTold(placed(order, lines(items, random)));
            if (i % 4 == 0) {
                var _ = inventory.isTold(cancelled(order));
            }
            orders.add(order);
        }
        return orders;
    }

    private static OrderPlaced.Line[] lines(List<Sku> items, Random random) {
        var shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, random);
        return shuffled.stream()
                .limit(1 + random.nextInt(4))
                .map(sku -> line(sku, 1 + random.nextInt(10)))
                .toArray(OrderPlaced.Line[]::new);
    }

    private static void answersEachOnce(Inventory inventory, Set<UUID> orders) {
        eventually(() ->
                assertThat(inventory.count("select count(*) from messaging.processed_message"))
                        .isEqualTo(orders.size() + orders.size() / 4));
        var answers =
                inventory.records(Topics.RESERVATIONS).stream()
                        .filter(record -> !record.type().contains("released"))
                        .collect(
                                Collectors.groupingBy(
                                        record -> UUID.fromString(String.valueOf(record.key())),
                                        Collectors.mapping(WireRecord::id, Collectors.toSet())));
        assertThat(answers.keySet()).isEqualTo(orders);
        assertThat(answers).allSatisfy((_, ids) -> assertThat(ids).hasSize(1));
    }

    private static ConfigurableApplicationContext instance(Database database, KafkaServer kafka) {
        return new SpringApplicationBuilder(InventoryServiceApplication.class, Inventory.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--logging.level.io.eventshop.inventory=warn",
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password(),
                        "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers());
    }
}
