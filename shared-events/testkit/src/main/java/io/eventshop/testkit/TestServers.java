package io.eventshop.testkit;

import io.eventshop.launcher.servers.Database;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Lazy<Infrastructure> INFRASTRUCTURE = new Lazy<>(TestServers::choose);

    private TestServers() {}

    /// A new, empty database with a role of its own, which reaches no other.
    ///
    /// @param name lower-case letters, digits and underscores; the database's own name has a random
    ///   end besides
    public static Database database(String name) {
        var random = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        return INFRASTRUCTURE.get().postgres().database(name + "_" + random, "test-" + random);
    }

    /// The database of the superuser, e.g. to end other sessions.
    public static Database administrator() {
        return INFRASTRUCTURE.get().postgres();
    }

    public static String kafkaBootstrapServers() {
        return INFRASTRUCTURE.get().kafkaBootstrapServers();
    }

    private static Infrastructure choose() {
        var choice = choice();
        return switch (choice) {
            case "embedded" -> embedded("it was asked for");
            case "docker" -> docker();
            case "auto" ->
                    DockerEngine.whyNot().map(TestServers::embedded).orElseGet(TestServers::docker);
            default ->
                    throw new IllegalArgumentException(
                            "eventshop.test.servers is auto, embedded or docker, not " + choice);
        };
    }

    private static String choice() {
        var variable = System.getenv().getOrDefault("EVENTSHOP_TEST_SERVERS", "auto");
        return System.getProperty("eventshop.test.servers", variable);
    }

    private static Infrastructure embedded(String reason) {
        LOG.info("Tests run against embedded servers: {}", reason);
        return new EmbeddedServers();
    }

    private static Infrastructure docker() {
        LOG.info("Tests run against containers");
        return new DockerServers();
    }
}
