package io.eventshop.proof.system.crash;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.Trees;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.check.ShopLedger;
import io.eventshop.proof.shop.ServiceProcess;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.shop.Shop;
import io.eventshop.proof.shop.ShopClient;
import io.eventshop.proof.system.CaughtUp;
import io.eventshop.testkit.Eventually;
import io.eventshop.testkit.KafkaProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionFactory;

/// A shop in which every service can be made to crash.
final class Scene implements AutoCloseable {

    /// What would take minutes in a shop that nobody watches. None of it is about crashes.
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "EVENTSHOP_ORDERS_STOCKANSWERCHECKDELAY", "1s",
                    "EVENTSHOP_ORDERS_STOCKANSWERCHECKINTERVAL", "1s",
                    "EVENTSHOP_NOTIFICATIONS_DISPATCHER_LEASE", "3s",
                    "EVENTSHOP_NOTIFICATIONS_DISPATCHER_CONVERSATIONMAX", "2s",
                    "EVENTSHOP_INBOX_CLEANINGINTERVAL", "2s");

    private final Map<Service, Trap> traps = new HashMap<>();
    private final Path agent;
    private final CompletableFuture<QuickStart> quickStart;
    private final Shop shop;
    private final ShopClient client;
    private final KafkaProbe topics;

    private Scene(Path directory) throws Exception {
        for (Service service : Services.ALL) {
            traps.put(service, new Trap(service, directory.resolve("trap-" + service.database())));
        }
        agent = AgentJar.in(directory);
        // While the servers start.
        quickStart =
                CompletableFuture.supplyAsync(
                        () -> QuickStart.prepare(directory.resolve("prepared")),
                        Thread::startVirtualThread);
        shop = Shop.open(SETTINGS, this::launch);
        client = shop.client();
        topics = new KafkaProbe(shop.kafka().bootstrapServers());
    }

    static Scene open() throws Exception {
        return new Scene(Trees.temporary("crash"));
    }

    void launch(ServiceProcess process) {
        Service service = process.service();
        process.launch(
                quickStart
                        .join()
                        .arguments(
                                service,
                                List.of("-javaagent:" + agent + "=" + trap(service).directory())));
    }

    /// From now on there are two instances of each service.
    void addSecondInstances() {
        for (Service service : Services.ALL) {
            if (shop.instances(service).size() == 1) {
                launch(shop.addInstance(service));
            }
        }
        shop.services().forEach(ServiceProcess::awaitReady);
    }

    /// Nothing is armed and everything runs, whatever the point before has left behind. Only the
    /// instances of this service are waited for: the others may still be starting, as long as one
    /// of each is there.
    void reset(Service service) throws IOException {
        for (Trap trap : traps.values()) {
            trap.clear();
        }
        for (ServiceProcess process : shop.services()) {
            if (!process.isAlive()) {
                launch(process);
            }
        }
        shop.instances(service).forEach(ServiceProcess::awaitReady);
    }

    /// Returns when nothing is on its way any more, and all databases agree.
    void awaitQuiet() {
        soon("the shop is quiet and exact")
                .untilAsserted(() -> {
                    for (Service service : Services.ALL) {
                        assertThat(
                                        ledger().number(
                                                        service,
                                                        "select count(*) from messaging.outbox"))
                                .as("events in the outbox of %s", service)
                                .isZero();
                    }
                    ledger().assertExactAfterReplay();
                });
    }

    /// Every consumer has committed what it has done, and has done all.
    void awaitCaughtUp() {
        CaughtUp.await(shop.kafka().bootstrapServers());
    }

    ConditionFactory soon(String what) {
        return Eventually.await(what).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(100));
    }

    Trap trap(Service service) {
        return requireNonNull(traps.get(service));
    }

    Shop shop() {
        return shop;
    }

    ShopClient client() {
        return client;
    }

    ShopLedger ledger() {
        return ShopLedger.of(shop);
    }

    KafkaProbe topics() {
        return topics;
    }

    @Override
    public void close() {
        topics.close();
        shop.services().forEach(ServiceProcess::kill); // as ever
        shop.close();
    }
}
