package io.eventshop.system;

import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.MailServer;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.launcher.servers.PostgresServer.Durability;
import io.eventshop.testkit.TestDirectories;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/// The whole system on servers of its own, each part a process: what `./demo` runs, on free ports.
public final class Shop implements AutoCloseable {

    private static final String PASSWORD = "test-password";

    private final Path directory = TestDirectories.fresh("shop");
    private final Map<String, String> extraSettings;
    private final PostgresServer postgres;
    private final KafkaServer kafka = new KafkaServer(directory.resolve("kafka"), 0);
    private final MailServer mail = new MailServer(directory.resolve("mail"), 0, 0);
    private final List<ServiceProcess> services = new ArrayList<>();

    private Shop(Map<String, String> extraSettings, Durability durability) {
        this.extraSettings = extraSettings;
        this.postgres = new PostgresServer(directory.resolve("postgresql"), 0, durability);
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

    private static Shop open(
            ToIntFunction<Service> instances,
            Map<String, String> extraSettings,
            Durability durability,
            Consumer<ServiceProcess> launch) {
        var shop = new Shop(extraSettings, durability);
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
        postgres.start();
        for (Service service : Service.values()) {
            var _ = database(service);
        }
        kafka.start();
        mail.start();
    }

    private ServiceProcess instance(Service service, int instance) {
        var settings = new HashMap<>(extraSettings);
        Database database = database(service);
        settings.put("SPRING_DATASOURCE_URL", database.url());
        settings.put("SPRING_DATASOURCE_USERNAME", database.username());
        settings.put("SPRING_DATASOURCE_PASSWORD", database.password());
        settings.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        settings.put("SPRING_MAIL_HOST", "localhost");
        settings.put("SPRING_MAIL_PORT", String.valueOf(mail.port()));
        settings.put("EVENTSHOP_DEMO_DATA", "true");
        settings.put("EVENTSHOP_MESSAGING_WRITE_OPERATIONS", "true");
        return new ServiceProcess(service, instance, directory, settings);
    }

    Database database(Service service) {
        return postgres.database(service.database(), PASSWORD);
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

    ShopClient client() {
        return new ShopClient(this);
    }

    public ShopLedger ledger() {
        return new ShopLedger(this::database, kafka.bootstrapServers());
    }

    @Override
    public void close() {
        services.parallelStream().forEach(ServiceProcess::stop);
        kafka.close();
        mail.close();
        postgres.close();
    }
}
