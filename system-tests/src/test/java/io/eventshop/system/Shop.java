package io.eventshop.system;

import static java.util.Objects.requireNonNull;

import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.MailServer;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.launcher.servers.PostgresServer.Durability;
import io.eventshop.launcher.servers.Server;
import io.eventshop.testkit.TestDirectories;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/// The whole system on servers of its own, each part a process: what `./demo` runs, on free ports.
public final class Shop implements AutoCloseable {

    private static final String PASSWORD = "test-password";

    private final Map<String, String> extraSettings;
    private final Path directory;
    private final Wires wires;
    private final PostgresServer postgres;
    private final KafkaServer kafka;
    private final MailServer mail;
    private final Map<Service, Database> databases = new EnumMap<>(Service.class);
    private final List<ServiceProcess> services = new ArrayList<>();

    private Shop(
            Path directory, Map<String, String> extraSettings, Durability durability, Wires wires) {
        this.directory = directory;
        this.extraSettings = extraSettings;
        this.wires = wires;
        this.postgres = new PostgresServer(directory.resolve("postgresql"), 0, durability);
        this.kafka = wires.kafka(directory.resolve("kafka"));
        this.mail = new MailServer(directory.resolve("mail"), 0);
    }

    /// Starts everything, each service as often as said, and returns when order-service knows the
    /// seed items.
    static Shop open(int instances, Map<String, String> extraSettings) {
        return open(instances, extraSettings, Durability.PROCESS_ONLY);
    }

    /// @param launch how each service starts the first time
    static Shop open(ToIntFunction<Service> instances, Consumer<ServiceProcess> launch) {
        return open(instances, Map.of(), Durability.PROCESS_ONLY, launch);
    }

    /// @param durability what PostgreSQL does for its data; only a benchmark cares
    public static Shop open(
            int instances, Map<String, String> extraSettings, Durability durability) {
        return open(_ -> instances, extraSettings, durability, ServiceProcess::launch);
    }

    /// @param launch how each service starts the first time
    public static Shop open(Map<String, String> extraSettings, Consumer<ServiceProcess> launch) {
        return open(_ -> 1, extraSettings, Durability.PROCESS_ONLY, launch);
    }

    private static Shop open(
            ToIntFunction<Service> instances,
            Map<String, String> extraSettings,
            Durability durability,
            Consumer<ServiceProcess> launch) {
        var directory = TestDirectories.fresh("shop");
        return open(
                new Shop(directory, extraSettings, durability, new DirectWires()),
                instances,
                launch);
    }

    /// A shop whose services reach their servers through connections that can be broken.
    ///
    /// @param directory of all that it writes; the caller deletes it
    /// @param settings besides those that make services a shop
    /// @param launch how each service starts the first time
    public static Shop open(
            Path directory,
            Map<String, String> settings,
            BreakableWires wires,
            ToIntFunction<Service> instances,
            Consumer<ServiceProcess> launch) {
        return open(
                new Shop(directory, settings, Durability.PROCESS_ONLY, wires), instances, launch);
    }

    private static Shop open(
            Shop shop, ToIntFunction<Service> instances, Consumer<ServiceProcess> launch) {
        try {
            shop.startServers();
            for (Service service : Service.values()) {
                for (int instance = 1; instance <= instances.applyAsInt(service); instance++) {
                    shop.services.add(shop.instance(service, instance));
                }
            }
            shop.services.forEach(launch);
            shop.services.forEach(ServiceProcess::awaitReady);
            shop.client().awaitSeedItems();
            return shop;
        } catch (RuntimeException | Error e) {
            shop.close();
            throw e;
        }
    }

    private void startServers() {
        Stream.<Server>of(postgres, kafka, mail).parallel().forEach(Server::start);
        for (Service service : Service.values()) {
            databases.put(service, postgres.database(service.database(), PASSWORD));
        }
    }

    private ServiceProcess instance(Service service, int instance) {
        var settings = new HashMap<>(extraSettings);
        Database database = database(service);
        var name = ServiceProcess.name(service, instance);
        settings.put("SPRING_DATASOURCE_URL", wires.databaseUrl(database, name));
        settings.put("SPRING_DATASOURCE_USERNAME", database.username());
        settings.put("SPRING_DATASOURCE_PASSWORD", database.password());
        settings.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", wires.bootstrapServers(kafka, name));
        settings.put("SPRING_MAIL_HOST", "localhost");
        settings.put("SPRING_MAIL_PORT", String.valueOf(mail.port()));
        settings.put("EVENTSHOP_DEMO_DATA", "true");
        settings.put("EVENTSHOP_MESSAGING_WRITE_OPERATIONS", "true");
        return new ServiceProcess(service, instance, directory, settings);
    }

    /// One more instance of the service, not yet launched.
    public ServiceProcess addInstance(Service service) {
        var added = instance(service, instances(service).size() + 1);
        services.add(added);
        return added;
    }

    /// As the tests reach it, whatever becomes of the services' wires.
    public Database database(Service service) {
        return requireNonNull(databases.get(service), "PostgreSQL was not started");
    }

    public PostgresServer postgres() {
        return postgres;
    }

    public KafkaServer kafka() {
        return kafka;
    }

    public MailServer mail() {
        return mail;
    }

    public List<ServiceProcess> services() {
        return services;
    }

    public List<ServiceProcess> instances(Service service) {
        return services.stream().filter(process -> process.service() == service).toList();
    }

    public ShopClient client() {
        return new ShopClient(this);
    }

    public ShopLedger ledger() {
        return new ShopLedger(this::database, kafka.bootstrapServers(), mail.file());
    }

    @Override
    public void close() {
        services.parallelStream().forEach(ServiceProcess::stop);
        kafka.close();
        mail.close();
        postgres.close();
    }
}
