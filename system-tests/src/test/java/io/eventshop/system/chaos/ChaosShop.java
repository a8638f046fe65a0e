package io.eventshop.system.chaos;

import static java.util.stream.Collectors.toMap;

import io.eventshop.launcher.check.ShopDatabases;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.system.BreakableWires;
import io.eventshop.system.Service;
import io.eventshop.system.ServiceProcess;
import io.eventshop.system.Shop;
import io.eventshop.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/// The shop as it is to be broken: two instances of each service, quick to start as in the demo,
/// behind wires that can be cut.
final class ChaosShop implements AutoCloseable {

    private static final int INSTANCES = 2;

    /// Only one, because libfaketime makes each look at the clock so dear that two cores cannot
    /// carry a shop of such instances.
    static final String WITH_A_CLOCK_TO_SET = "inventory-service-2";

    /// The seed items and the scarce one.
    private static final int ITEMS = 9;

    /// A killed dispatcher keeps its mails until its lease is over, for which everyone would wait.
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "EVENTSHOP_NOTIFICATIONS_DISPATCHER_LEASE", "12s",
                    "EVENTSHOP_NOTIFICATIONS_DISPATCHER_CONVERSATIONMAX", "10s");

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private final BreakableWires wires = new BreakableWires(instanceNames());
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
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
        return List.of(Service.values()).stream()
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
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private Map<String, String> environment(ServiceProcess process) {
        return clocks.filter(_ -> process.name().equals(WITH_A_CLOCK_TO_SET))
                .map(one -> one.environment(process.name()))
                .orElse(Map.of());
    }

    private void listScarceItem() throws IOException {
        var inventory = shop.instances(Service.INVENTORY).getFirst();
        var item = inventory.uri("/api/v1/items/" + PlannedOrder.SCARCE);
        var _ =
                send(
                        HttpRequest.newBuilder(item)
                                .PUT(
                                        BodyPublishers.ofString(
                                                """
                                                {"name":"What all want","unitPrice":{"amountMinor":100,"currency":"EUR"},"reorderLevel":0}
                                                """)));
        var _ =
                send(
                        HttpRequest.newBuilder(URI.create(item + "/receipts"))
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"quantity\":%d}"
                                                        .formatted(PlannedOrder.SCARCE_ON_HAND))));
        for (ServiceProcess orders : shop.instances(Service.ORDER)) {
            Eventually.await(orders.name() + " knows all items")
                    .ignoreExceptions()
                    .until(() -> knownItems(orders) == ITEMS);
        }
    }

    private int knownItems(ServiceProcess orders) throws IOException {
        var info = send(HttpRequest.newBuilder(orders.managementUri("/actuator/info")));
        return JsonMapper.shared().readTree(info).at("/items/known").asInt();
    }

    private String send(HttpRequest.Builder request) throws IOException {
        try {
            var answer =
                    http.send(
                            request.header("Content-Type", "application/json")
                                    .timeout(ANSWER_LIMIT)
                                    .build(),
                            BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(answer + ": " + answer.body());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    List<URI> orderServices() {
        return shop.instances(Service.ORDER).stream()
                .map(instance -> instance.uri("/api/v1/orders"))
                .toList();
    }

    ShopDatabases databases() {
        return new ShopDatabases(
                shop.database(Service.ORDER),
                shop.database(Service.INVENTORY),
                shop.database(Service.NOTIFICATION));
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
