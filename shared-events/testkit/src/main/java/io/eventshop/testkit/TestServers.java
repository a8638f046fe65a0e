package io.eventshop.testkit;

import io.eventshop.launcher.servers.Database;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.function.SingletonSupplier;

/// One real PostgreSQL and one real Kafka for all tests of a JVM, each started when it is first
/// needed.
///
/// They are containers where a Docker engine answers that has the images, and child processes from
/// jars of Maven Central elsewhere. The system property `eventshop.test.servers`, or the
/// environment variable `EVENTSHOP_TEST_SERVERS`, forces either: `auto`, `embedded`, `docker`.
///
/// A test that stops or breaks a server starts one of its own instead:
///
/// ```java
/// try (var kafka = new KafkaServer(Trees.temporary("kafka"), 0)) {
///     kafka.start();
/// ```
public final class TestServers {

    private static final Logger LOG = LoggerFactory.getLogger(TestServers.class);
    private static final boolean DOCKER = isDockerChosen();
    private static final Supplier<Database> POSTGRES =
            SingletonSupplier.of(
                    DOCKER ? Infrastructure::postgresContainer : Infrastructure::postgresProcess);
    private static final Supplier<String> KAFKA =
            SingletonSupplier.of(
                    DOCKER ? Infrastructure::kafkaContainer : Infrastructure::kafkaProcess);

    private TestServers() {}

    /// A new, empty database with a role of its own, which reaches no other.
    ///
    /// @param name lower-case letters, digits and underscores; the database's own name has a random
    ///   end besides
    public static Database database(String name) {
        var random = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        return POSTGRES.get().database(name + "_" + random, "test-" + random);
    }

    /// The database of the superuser, e.g. to end other sessions.
    public static Database administrator() {
        return POSTGRES.get();
    }

    public static String kafkaBootstrapServers() {
        return KAFKA.get();
    }

    private static boolean isDockerChosen() {
        var variable = System.getenv().getOrDefault("EVENTSHOP_TEST_SERVERS", "auto");
        var choice = System.getProperty("eventshop.test.servers", variable);
        boolean docker =
                switch (choice) {
                    case "embedded" -> false;
                    case "docker" -> true;
                    case "auto" -> DockerEngine.isReady();
                    default ->
                            throw new IllegalArgumentException(
                                    "eventshop.test.servers is auto, embedded or docker, not "
                                            + choice);
                };
        LOG.info(
                "Tests run against {}, by the choice {}",
                docker ? "containers" : "embedded servers",
                choice);
        return docker;
    }
}
