package io.eventshop.launcher.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A service, as `service.properties` in its module describes it. A test of the service holds that
/// file to what the service does.
///
/// @param name of its module, its jar and its `spring.application.name`
/// @param directory of its module
/// @param database the name of its database and of the role that owns it
/// @param port of its API
/// @param managementPort of its health, metrics, outbox and dead letters
/// @param collection what its API is about: `GET /api/v1/` and this lists them; null if it has none
/// @param needsMail whether it sends mails; a database and the broker are needed by all
/// @param consumers what it reads
public record Service(
        String name,
        Path directory,
        String database,
        int port,
        int managementPort,
        @Nullable String collection,
        boolean needsMail,
        List<Consumer> consumers) {

    public static final String FILE = "service.properties";

    private static final Set<String> KEYS =
            Set.of("database", "port", "management-port", "collection", "needs", "consumers");

    public Service {
        consumers = List.copyOf(consumers);
    }

    /// One that reads topics.
    ///
    /// @param name as in `processed_message`
    /// @param group of Kafka's
    public record Consumer(String name, String group, List<String> topics) {

        public Consumer {
            topics = List.copyOf(topics);
        }
    }

    /// The services of a checkout, in the order of their ports.
    ///
    /// @param root of the checkout
    /// @throws IllegalStateException if a file says what nobody understands; names file and key
    public static List<Service> in(Path root) {
        try (var modules = Files.list(root)) {
            return modules.map(module -> module.resolve(FILE))
                    .filter(Files::exists)
                    .map(Service::read)
                    .sorted(Comparator.comparingInt(Service::port))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Optional<Service> named(String name, List<Service> services) {
        return services.stream().filter(service -> service.name.equals(name)).findFirst();
    }

    private static Service read(Path file) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var unknown = new TreeSet<>(properties.stringPropertyNames());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new IllegalStateException(
                    "%s: %s is none of %s".formatted(file, unknown.first(), new TreeSet<>(KEYS)));
        }
        Path directory = file.toAbsolutePath().normalize().resolveSibling("");
        String name = directory.getFileName().toString();
        return new Service(
                name,
                directory,
                text(properties, "database", file),
                port(properties, "port", file),
                port(properties, "management-port", file),
                properties.getProperty("collection"),
                words(properties, "needs").contains("mail"),
                words(properties, "consumers").stream()
                        .map(word -> consumer(word, name, file))
                        .toList());
    }

    private static String text(Properties properties, String key, Path file) {
        String text = properties.getProperty(key, "").strip();
        if (text.isEmpty()) {
            throw new IllegalStateException("%s: %s is missing".formatted(file, key));
        }
        return text;
    }

    private static int port(Properties properties, String key, Path file) {
        String text = text(properties, key, file);
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalStateException("%s: %s is no port: %s".formatted(file, key, text));
    }

    private static List<String> words(Properties properties, String key) {
        return Arrays.stream(properties.getProperty(key, "").split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /// As in `mails:orders.events,stock.events`.
    private static Consumer consumer(String word, String service, Path file) {
        String[] halves = word.split(":", -1);
        if (halves.length != 2 || halves[0].isEmpty() || halves[1].isEmpty()) {
            throw new IllegalStateException(
                    "%s: consumers are written <name>:<topic>,<topic>, not %s"
                            .formatted(file, word));
        }
        return new Consumer(
                halves[0], service + "." + halves[0], List.of(halves[1].split(",", -1)));
    }

    /// @throws IllegalArgumentException if it has no consumer of this name
    public Consumer consumer(String consumer) {
        return consumers.stream()
                .filter(one -> one.name().equals(consumer))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "%s has no consumer %s".formatted(name, consumer)));
    }

    /// The role's password. `EVENTSHOP_ORDERS_PASSWORD` and so on, after the database, replace the
    /// passwords that everyone knows.
    ///
    /// @param environment what a variable of this name is set to
    public String password(UnaryOperator<@Nullable String> environment) {
        String chosen =
                environment.apply(
                        "EVENTSHOP_%s_PASSWORD".formatted(database.toUpperCase(Locale.ROOT)));
        return chosen == null ? "demo-" + database : chosen;
    }

    /// Where the build puts it.
    public Path jar() {
        return directory.resolve("target").resolve(name + ".jar");
    }

    @Override
    public String toString() {
        return name;
    }
}
