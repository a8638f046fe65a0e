package io.eventshop.proof.shop;

import static java.util.Objects.requireNonNull;

import io.eventshop.launcher.demo.parts.ServiceEnvironment;
import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.MailFile;
import io.eventshop.launcher.servers.MailServer;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.launcher.servers.PostgresServer.Durability;
import io.eventshop.launcher.servers.Server;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.launcher.services.Service;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/// The whole system on servers of its own, each part a process: what `./demo` runs, on free ports.
public final class Shop implements RunningShop, AutoCloseable {

    private static final String PASSWORD = "test-password";

    private final Map<String, String> extraSettings;
    private final Path directory;
    private final Wires wires;
    private final PostgresServer postgres;
    private final KafkaServer kafka;
    private final MailServer mail;
    private final Map<Service, Database> databases = new HashMap<>();
    private final List<ServiceProcess> services = new ArrayList<>();
    private final ShopClient client = new ShopClient(this);

    private Shop(
            Path directory,
            Map<String, String> extraSettings,
            Wires wires,
            PostgresServer postgres,
            KafkaServer kafka,
            MailServer mail) {
        this.directory = directory;
        this.extraSettings = extraSettings;
        this.wires = wires;
        this.postgres = postgres;
        this.kafka = kafka;
        this.mail = mail;
    }

    private static Shop withOwnServers(
            Path directory, Map<String, String> extraSettings, Durability durability, Wires wires) {
        return new Shop(
                directory,
                extraSettings,
                wires,
                new PostgresServer(directory.resolve("postgresql"), 0, durability),
                wires.kafka(directory.resolve("kafka")),
                new MailServer(directory.resolve("mail"), 0));
    }

    /// Starts everything, each service as often as said, and returns when order-service knows the
    /// seed items.
    public static Shop open(int instances, Map<String, String> extraSettings) {
        return open(instances, extraSettings, Durability.PROCESS_ONLY);
    }

    /// @param launch how each service starts the first time
    public static Shop open(ToIntFunction<Service> instances, Consumer<ServiceProcess> launch) {
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
        var directory = Trees.temporary("shop");
        return open(
                withOwnServers(directory, extraSettings, durability, new DirectWires()),
                instances,
                launch);
    }

    /// A shop whose services reach their servers in another way, e.g. by connections that can be
    /// broken.
    ///
    /// @param directory of all that it writes; the caller deletes it
    /// @param settings besides those that make services a shop
    /// @param launch how each service starts the first time
    public static Shop open(
            Path directory,
            Map<String, String> settings,
            Wires wires,
            ToIntFunction<Service> instances,
            Consumer<ServiceProcess> launch) {
        return open(
                withOwnServers(directory, settings, Durability.PROCESS_ONLY, wires),
                instances,
                launch);
    }

    /// A shop on servers that may already run, one instance of each service.
    ///
    /// @param directory of all that the services write; the caller deletes it
    /// @param settings besides those that make services a shop
    /// @param launch how each service starts the first time
    public static Shop on(
            PostgresServer postgres,
            KafkaServer kafka,
            MailServer mail,
            Path directory,
            Map<String, String> settings,
            Consumer<ServiceProcess> launch) {
        return open(
                new Shop(directory, settings, new DirectWires(), postgres, kafka, mail),
                _ -> 1,
                launch);
    }

    private static Shop open(
            Shop shop, ToIntFunction<Service> instances, Consumer<ServiceProcess> launch) {
        try {
            shop.startServers();
            for (Service service : Services.ALL) {
                for (int instance = 1; instance <= instances.applyAsInt(service); instance++) {
                    shop.services.add(shop.instance(service, instance));
                }
            }
            shop.services.forEach(launch);
            shop.services.forEach(ServiceProcess::awaitReady);
            shop.client().awaitItems();
            return shop;
        } catch (RuntimeException | Error e) {
            shop.close();
            throw e;
        }
    }

    private void startServers() {
        Stream.<Server>of(postgres, kafka, mail)
                .parallel()
                .filter(server -> !server.isAlive())
                .forEach(Server::start);
        for (Service service : Services.ALL) {
            databases.put(service, postgres.database(service.database(), PASSWORD));
        }
    }

    private ServiceProcess instance(Service service, int instance) {
        var settings = new HashMap<String, String>();
        Database database = database(service);
        var name = ServiceProcess.name(service, instance);
        settings.putAll(ServiceEnvironment.ofAPlayground());
        settings.putAll(
                ServiceEnvironment.connectedTo(
                        service,
                        wires.database(database, name),
                        wires.bootstrapServers(kafka, name),
                        mail.port()));
        settings.putAll(extraSettings);
        return new ServiceProcess(service, instance, directory, settings);
    }

    /// One more instance of the service, not yet launched.
    public ServiceProcess addInstance(Service service) {
        var added = instance(service, instances(service).size() + 1);
        services.add(added);
        return added;
    }

    /// As the proofs reach it, whatever becomes of the services' wires.
    @Override
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
        return services.stream().filter(process -> process.service().equals(service)).toList();
    }

    public ShopClient client() {
        return client;
    }

    @Override
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    @Override
    public MailFile mails() {
        return mail.file();
    }

    @Override
    public List<URI> apis(Service service) {
        return instances(service).stream().map(ServiceProcess::api).toList();
    }

    @Override
    public List<URI> managements(Service service) {
        return instances(service).stream().map(ServiceProcess::management).toList();
    }

    /// Ends the services at once, whatever they have begun; the servers go on.
    public void killServices() {
        services.forEach(ServiceProcess::kill);
        client.close();
    }

    @Override
    public void close() {
        services.parallelStream().forEach(ServiceProcess::stop);
        client.close();
        kafka.close();
        mail.close();
        postgres.close();
    }
}
