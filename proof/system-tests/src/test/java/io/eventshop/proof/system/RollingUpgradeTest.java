package io.eventshop.proof.system;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.shop.Topics;
import io.eventshop.launcher.servers.WireRecord;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.check.ShopLedger;
import io.eventshop.proof.shop.ServiceProcess;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.shop.Shop;
import io.eventshop.proof.system.OrderStream.Placed;
import io.eventshop.testkit.Eventually;
import io.eventshop.testkit.KafkaProbe;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `OrderPlaced` 2.0.0 goes live while customers order: once as it should, once in the wrong order.
/// Both end in the same state, in which everything is as it was ordered. [OldBuild] is what runs
/// before.
@Tag("system")
class RollingUpgradeTest {

    private static final String V1 = "org.eventshop.orders.order-placed.v1";
    private static final String V2 = "org.eventshop.orders.order-placed.v2";
    private static final String CANCELLED = "org.eventshop.orders.order-cancelled.v1";

    /// Orders between one step and the next: four seconds of them.
    private static final int SOME = 20;

    private static Path oldClasses;

    private Shop shop;
    private KafkaProbe topics;

    @BeforeAll
    static void compileTheOldBuild() throws Exception {
        oldClasses = OldBuild.classes();
    }

    /// Two producers, so that both versions are written at once for a while.
    @BeforeEach
    void open() {
        shop =
                Shop.open(
                        service -> service.equals(Services.ORDER) ? 2 : 1,
                        process -> process.launchWith(oldClasses));
        topics = new KafkaProbe(shop.kafka().bootstrapServers());
    }

    @AfterEach
    void close() {
        topics.close();
        shop.close();
    }

    @Test
    void consumers_first_nothing_is_lost_dead_lettered_or_misread() throws Exception {
        try (var orders = OrderStream.to(shop.client())) {
            orders.awaitMore(SOME);
            for (Service service :
                    List.of(Services.INVENTORY, Services.NOTIFICATION, Services.ORDER)) {
                for (ServiceProcess instance : shop.instances(service)) {
                    upgrade(List.of(instance));
                    orders.awaitMore(SOME);
                }
            }
            var placed = orders.end();

            ShopLedger.of(shop).awaitQuiet();
            ShopLedger.of(shop).assertExact();
            new Outcome(placed, Set.of()).assertIn(shop, topics);
            assertThat(keys(V1)).isNotEmpty();
            assertThat(keys(V2)).isNotEmpty();
        }
    }

    @Test
    void producers_first_v2_is_dead_lettered_in_order_and_replay_ends_in_the_same_state()
            throws Exception {
        var placed = new ArrayList<Placed>();
        try (var orders = OrderStream.to(shop.client())) {
            orders.awaitMore(SOME);
            for (ServiceProcess instance : shop.instances(Services.ORDER)) {
                upgrade(List.of(instance));
                orders.awaitMore(SOME);
            }
            placed.addAll(orders.end());
        }
        awaitPublished();
        var unread = keys(V2);
        var cancelled = unread.stream().limit(SOME).collect(toSet());
        cancelled.forEach(shop.client()::cancel);
        awaitPublished();

        Eventually.await("only what is about version 2 waits, all else flows on")
                .untilAsserted(() -> {
                    assertThat(letters(Services.INVENTORY)).isEqualTo(deadAndParked(unread));
                    assertThat(letters(Services.NOTIFICATION)).isEqualTo(deadAndParked(unread));
                    assertThat(pending()).isEqualTo(difference(unread, cancelled));
                });
        assertThat(difference(ids(placed), unread)).isNotEmpty();

        try (var orders = OrderStream.to(shop.client())) {
            upgrade(
                    Stream.of(Services.INVENTORY, Services.NOTIFICATION)
                            .flatMap(consumer -> shop.instances(consumer).stream())
                            .toList());
            shop.client().replayDeadLetters(Services.INVENTORY);
            shop.client().replayDeadLetters(Services.NOTIFICATION);
            orders.awaitMore(SOME);
            placed.addAll(orders.end());
        }

        ShopLedger.of(shop).awaitQuiet();
        ShopLedger.of(shop).assertExactAfterReplay();
        new Outcome(placed, cancelled).assertIn(shop, topics);
    }

    private static void upgrade(List<ServiceProcess> instances) {
        instances.forEach(ServiceProcess::stop);
        instances.forEach(ServiceProcess::launch);
        instances.forEach(ServiceProcess::awaitReady);
    }

    /// Returns when everything that has been said about orders is in their topic.
    private void awaitPublished() {
        Eventually.await("the outbox of order-service is empty")
                .until(() ->
                        ShopLedger.of(shop)
                                        .number(
                                                Services.ORDER,
                                                "select count(*) from messaging.outbox")
                                == 0);
    }

    /// The orders about which the topic has an event of this type.
    private Set<UUID> keys(String type) {
        return topics.records(Topics.ORDERS.name()).stream()
                .filter(record -> record.type().equals(type))
                .map(record -> UUID.fromString(String.valueOf(record.key())))
                .collect(toSet());
    }

    /// What a consumer that has never heard of version 2 must keep: each such event, and behind it
    /// what else it should have heard of that order, in the order of the topic.
    private List<String> deadAndParked(Set<UUID> unread) {
        var status = Map.of(V2, "DEAD", CANCELLED, "PARKED");
        return topics.records(Topics.ORDERS.name()).stream()
                .filter(record -> unread.contains(UUID.fromString(String.valueOf(record.key()))))
                .sorted(comparing(WireRecord::lane))
                .map(record -> record.id() + "," + status.get(record.type()))
                .distinct()
                .toList();
    }

    private List<String> letters(Service service) throws SQLException {
        return ShopLedger.of(shop)
                .rows(
                        service,
                        """
                        select event_id, status
                          from messaging.dead_letter
                         order by lane, seq
                        """);
    }

    private Set<UUID> pending() throws SQLException {
        return ShopLedger.of(shop)
                .rows(Services.ORDER, "select id from orders where status = 'PENDING'")
                .stream()
                .map(UUID::fromString)
                .collect(toSet());
    }

    private static Set<UUID> ids(List<Placed> placed) {
        return placed.stream().map(Placed::id).collect(toSet());
    }

    private static Set<UUID> difference(Set<UUID> all, Set<UUID> others) {
        return all.stream().filter(id -> !others.contains(id)).collect(toSet());
    }
}
