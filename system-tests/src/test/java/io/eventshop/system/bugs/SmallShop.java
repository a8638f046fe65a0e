package io.eventshop.system.bugs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.eventshop.launcher.check.History;
import io.eventshop.launcher.check.ShopCheck;
import io.eventshop.launcher.check.ShopDatabases;
import io.eventshop.launcher.check.StockSampler;
import io.eventshop.launcher.check.Verdict;
import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.JavaProgram;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.MailFile;
import io.eventshop.system.PreparedServices;
import io.eventshop.system.Service;
import io.eventshop.system.ServiceProcess;
import io.eventshop.testkit.Eventually;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/// One instance of each service, one of them perhaps with a bug, and the ways to hurt them.
final class SmallShop implements AutoCloseable {

    private static final String PASSWORD = "test-password";
    private static final Duration QUIET_WITHIN = Duration.ofMinutes(5);

    /// What ships comes to rest by itself, however slow the machine. A bug may keep a shop from it
    /// for ever: longer than any pause of a consumer or a relay with the settings below, and than
    /// the broker takes to expel a consumer that was killed.
    private static final Duration STALLED_BY_A_BUG = Duration.ofSeconds(10);

    private final Laboratory laboratory;
    private final @Nullable SeededBug bug;
    private final Map<Service, ServiceProcess> processes = new EnumMap<>(Service.class);
    private final Map<Service, List<String>> commands = new EnumMap<>(Service.class);
    private final History history = History.inMemory(Clock.systemUTC());
    private final Customers customers = new Customers(this, history);
    private final StockSampler sampler;
    private final MailFile mails;

    SmallShop(Laboratory laboratory, @Nullable SeededBug bug) {
        this.laboratory = laboratory;
        this.mails = laboratory.mail().file();
        this.bug = bug;
        for (Service service : Service.values()) {
            processes.put(
                    service,
                    new ServiceProcess(service, 1, laboratory.directory(), settings(service)));
            commands.put(service, command(service));
        }
        this.sampler = StockSampler.start(database(Service.INVENTORY), Clock.systemUTC());
        try {
            processes.keySet().forEach(this::launch);
            processes.values().forEach(ServiceProcess::awaitReady);
            customers.awaitSeedItems();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private List<String> command(Service service) {
        return bug != null && bug.service() == service
                ? BuggyBuild.command(service, bug.patches())
                : PreparedServices.of(service).command(JavaProgram.java());
    }

    private Map<String, String> settings(Service service) {
        Database database = laboratory.postgres().database(service.database(), PASSWORD);
        var settings = new HashMap<String, String>();
        settings.put("SPRING_DATASOURCE_URL", database.url());
        settings.put("SPRING_DATASOURCE_USERNAME", database.username());
        settings.put("SPRING_DATASOURCE_PASSWORD", database.password());
        settings.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", kafka().bootstrapServers());
        settings.put("SPRING_MAIL_HOST", "localhost");
        settings.put("SPRING_MAIL_PORT", String.valueOf(laboratory.mail().port()));
        settings.put("EVENTSHOP_DEMO_DATA", "true");
        // Some are held up on purpose, and must not keep the others out.
        settings.put("EVENTSHOP_WEB_REQUESTS_MAX", "50");
        settings.put("EVENTSHOP_MESSAGING_WRITE_OPERATIONS", "true");
        // Shorter than in life, so that it soon shows whether a bug has lost something.
        settings.put("EVENTSHOP_OUTBOX_ACK_DEADLINE", "2s");
        settings.put("EVENTSHOP_OUTBOX_BACKOFF_MAX", "500ms");
        settings.put("EVENTSHOP_INBOX_RETRY_DELAY_MAX", "1s");
        return settings;
    }

    Database database(Service service) {
        return new Database(
                laboratory
                        .postgres()
                        .administrator()
                        .url()
                        .replaceFirst("/[^/]*$", "/" + service.database()),
                service.database(),
                PASSWORD);
    }

    ServiceProcess process(Service service) {
        return requireNonNull(processes.get(service));
    }

    void launch(Service service) {
        process(service).launchCommand(requireNonNull(commands.get(service)));
    }

    KafkaServer kafka() {
        return laboratory.kafka();
    }

    Customers customers() {
        return customers;
    }

    interface Fault {
        void run() throws Exception;
    }

    /// @param fault breaks something and mends it again
    void during(String name, String target, Fault fault) throws Exception {
        String id = history.faultBegan(name, target);
        fault.run();
        history.faultEnded(id);
    }

    /// For what a bug may keep from coming: goes on after the time.
    ///
    /// @return whether it came
    boolean wait(Duration atMost, Callable<Boolean> condition) {
        try {
            Eventually.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(atMost)
                    .ignoreExceptions()
                    .until(condition);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    long number(Service service, String query) throws SQLException {
        try (var connection = database(service).connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            if (!result.next()) {
                throw new SQLException("no row: " + query);
            }
            return result.getLong(1);
        }
    }

    void execute(Service service, String sql) throws SQLException {
        try (var connection = database(service).connect();
                var statement = connection.createStatement()) {
            var _ = statement.execute(sql);
        }
    }

    /// Holds what this statement locks until it is closed.
    Connection lock(Service service, String sql) throws SQLException {
        var connection = database(service).connect();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            var _ = statement.execute(sql);
        }
        return connection;
    }

    /// How many of the service's statements wait for a lock.
    long waiters(Service service) throws SQLException {
        return ofWaiters(service, "count(*)");
    }

    /// Ends the sessions of those.
    long endWaiters(Service service) throws SQLException {
        return ofWaiters(service, "count(pg_terminate_backend(pid))");
    }

    private long ofWaiters(Service service, String what) throws SQLException {
        try (var connection = laboratory.postgres().administrator().connect();
                var statement = connection.createStatement();
                var result =
                        statement.executeQuery(
                                """
                                select %s from pg_stat_activity
                                 where datname = '%s' and wait_event_type = 'Lock'
                                """
                                        .formatted(what, service.database()))) {
            if (!result.next()) {
                throw new SQLException("no row");
            }
            return result.getLong(1);
        }
    }

    boolean isPublished(Service service) throws SQLException {
        return number(service, "select count(*) from messaging.outbox") == 0;
    }

    /// Puts records into their topics, one after the other, and notes that no service has sent
    /// them.
    void inject(List<ProducerRecord<byte[], byte[]>> records, String why)
            throws ExecutionException, InterruptedException {
        try (var producer =
                new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", kafka().bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (var record : records) {
                var at = producer.send(record).get();
                history.recordInjected(at.topic(), at.partition(), at.offset(), why);
            }
        }
    }

    /// Everything that lies in a topic.
    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of("bootstrap.servers", kafka().bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(one -> new TopicPartition(topic, one.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }

    void awaitQuiet() throws InterruptedException {
        var _ =
                check().awaitQuiet(
                                QUIET_WITHIN,
                                bug == null ? QUIET_WITHIN : STALLED_BY_A_BUG,
                                _ -> {});
    }

    /// When all is quiet, or nothing moves any more.
    Verdict verdict() throws InterruptedException, SQLException, IOException {
        awaitQuiet();
        return check().verdict();
    }

    private ShopCheck check() {
        return ShopCheck.of(
                        new ShopDatabases(
                                database(Service.ORDER),
                                database(Service.INVENTORY),
                                database(Service.NOTIFICATION)),
                        kafka().bootstrapServers())
                .withHistory(history, true)
                .withSampler(sampler)
                .withMails(mails);
    }

    /// There is nothing to be finished.
    @Override
    public void close() {
        sampler.close();
        customers.close();
        processes.values().forEach(ServiceProcess::kill);
    }
}
