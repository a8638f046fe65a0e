package io.eventshop.proof.system.chaos;

import static java.util.stream.Collectors.toMap;

import io.eventshop.launcher.demo.client.OrderClient;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.proof.shop.ServiceProcess;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.shop.Shop;
import io.eventshop.proof.system.BreakableWires;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// The shop as it is to be broken: two instances of each service, quick to start as in the demo,
/// behind wires that can be cut.
final class ChaosShop implements AutoCloseable {

    private static final int INSTANCES = 2;

    /// Only one, because libfaketime makes each look at the clock so dear that two cores cannot
    /// carry a shop of such instances.
    static final String WITH_A_CLOCK_TO_SET = "inventory-service-2";

    /// A killed dispatcher keeps its mails until its lease is over, for which everyone would wait.
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "EVENTSHOP_NOTIFICATIONS_DISPATCHER_LEASE", "12s",
                    "EVENTSHOP_NOTIFICATIONS_DISPATCHER_CONVERSATIONMAX", "10s");

    private final BreakableWires wires = new BreakableWires(instanceNames());
    private final HttpClient http = OrderClient.http();
    private final Optional<SmallDisk> disk;
    private final Optional<Clocks> clocks;
    private final Shop shop;
    private final Map<String, Instance> instances;

    /// What a run may do to the machine besides running processes.
    enum Extra {
        /// Mount a disk in memory, and fill it.
        SMALL_DISK,
        /// Put libfaketime before a service's clock.
        CLOCKS
    }

    /// Where the instances will be known by these names, whoever starts them.
    static List<String> instanceNames() {
        return Services.ALL.stream()
                .flatMap(service ->
                        IntStream.rangeClosed(1, INSTANCES)
                                .mapToObj(instance -> ServiceProcess.name(service, instance)))
                .toList();
    }

    /// @param directory of all that the shop writes; the caller deletes it
    ChaosShop(Path directory, Set<Extra> extras) throws IOException {
        Files.createDirectories(directory);
        disk =
                extras.contains(Extra.SMALL_DISK)
                        ? SmallDisk.mountedAt(directory.resolve("postgresql"))
                        : Optional.empty();
        clocks = extras.contains(Extra.CLOCKS) ? Clocks.in(directory) : Optional.empty();
        try {
            shop =
                    Shop.open(
                            directory,
                            SETTINGS,
                            wires,
                            _ -> INSTANCES,
                            process -> process.launch(environment(process)));
        } catch (RuntimeException | Error e) {
            disk.ifPresent(SmallDisk::close);
            wires.close();
            throw e;
        }
        instances =
                shop.services().stream()
                        .collect(
                                toMap(
                                        ServiceProcess::name,
                                        process ->
                                                new Instance(process, environment(process), http)));
        try {
            listScarceItem();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private Map<String, String> environment(ServiceProcess process) {
        return clocks.filter(_ -> process.name().equals(WITH_A_CLOCK_TO_SET))
                .map(one -> one.environment(process.name()))
                .orElse(Map.of());
    }

    private void listScarceItem() {
        shop.client()
                .list(
                        PlannedOrder.SCARCE,
                        """
                        {"name":"What all want","unitPrice":{"amountMinor":100,"currency":"EUR"},"reorderLevel":0}
                        """);
        shop.client().receive("scarce", PlannedOrder.SCARCE, PlannedOrder.SCARCE_ON_HAND);
        shop.client().awaitItems();
    }

    Shop shop() {
        return shop;
    }

    PostgresServer postgres() {
        return shop.postgres();
    }

    KafkaServer kafka() {
        return shop.kafka();
    }

    BreakableWires wires() {
        return wires;
    }

    Optional<SmallDisk> disk() {
        return disk;
    }

    Optional<Clocks> clocks() {
        return clocks;
    }

    Instance instance(String name) {
        var found = instances.get(name);
        if (found == null) {
            throw new IllegalArgumentException("there is no instance " + name);
        }
        return found;
    }

    List<Instance> instances() {
        return List.copyOf(instances.values());
    }

    /// Whatever is down after the last fault, starts; a fault that failed may have left something.
    void heal() {
        wires.heal();
        Servers.start(shop.postgres());
        Servers.start(shop.kafka());
        instances.values().forEach(Instance::resume);
        instances.values().stream()
                .filter(instance -> !instance.isAlive())
                .forEach(instance -> instance.launch(Instant.now()));
    }

    @Override
    public void close() {
        shop.close();
        wires.close();
        disk.ifPresent(SmallDisk::close);
        http.shutdownNow();
    }
}
