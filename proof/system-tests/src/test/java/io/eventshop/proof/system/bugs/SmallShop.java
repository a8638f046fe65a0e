package io.eventshop.proof.system.bugs;

import static java.util.Objects.requireNonNull;

import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.EventLog;
import io.eventshop.launcher.servers.JavaProgram;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.RawRecord;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.check.ShopCheck;
import io.eventshop.proof.check.StockSampler;
import io.eventshop.proof.check.Verdict;
import io.eventshop.proof.shop.History;
import io.eventshop.proof.shop.PreparedServices;
import io.eventshop.proof.shop.ServiceProcess;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.shop.Shop;
import io.eventshop.testkit.Eventually;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/// One instance of each service, one of them perhaps with a bug, and the ways to hurt them.
final class SmallShop implements AutoCloseable {

    private static final Duration QUIET_WITHIN = Duration.ofMinutes(5);
    private static final Duration BROKER_ANSWERS_WITHIN = Duration.ofMinutes(1);

    /// What ships comes to rest by itself, however slow the machine. A bug may keep a shop from it
    /// for ever: longer than any pause of a consumer or a relay with the settings below, and than
    /// the broker takes to expel a consumer that was killed.
    private static final Duration STALLED_BY_A_BUG = Duration.ofSeconds(10);

    /// Some are held up on purpose, and must not keep the others out, nor step aside too soon. The
    /// rest is shorter than in life, so that it soon shows whether a bug has lost something.
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "EVENTSHOP_WEB_REQUESTS_MAX", "50",
                    "EVENTSHOP_OUTBOX_ACK_DEADLINE", "2s",
                    "EVENTSHOP_OUTBOX_RETRY_DELAY_MAX", "500ms",
                    "EVENTSHOP_INBOX_LOCK_TIMEOUT", "8s",
                    "EVENTSHOP_INBOX_PROBE_INTERVAL", "1s",
                    "EVENTSHOP_INBOX_RETRY_DELAY_MAX", "1s");

    private final @Nullable SeededBug bug;
    private final Map<Service, List<String>> commands = new HashMap<>();
    private final History history = History.inMemory(Clock.systemUTC());
    private final Shop shop;
    private final EventLog log;
    private final Customers customers;
    private final StockSampler sampler;
    private boolean hasReplayed;

    SmallShop(Laboratory laboratory, @Nullable SeededBug bug) {
        this.bug = bug;
        for (Service service : Services.ALL) {
            commands.put(service, command(service));
        }
        this.shop =
                Shop.on(
                        laboratory.postgres(),
                        laboratory.kafka(),
                        laboratory.mail(),
                        laboratory.directory(),
                        SETTINGS,
                        process -> process.launchCommand(commandOf(process.service())));
        this.log = EventLog.kafka(shop.kafka().bootstrapServers(), BROKER_ANSWERS_WITHIN);
        this.customers = new Customers(shop, history);
        this.sampler = StockSampler.start(shop.database(Services.INVENTORY), Clock.systemUTC());
    }

    private List<String> command(Service service) {
        return bug != null && bug.service().equals(service)
                ? BuggyBuild.command(service, bug.patches())
                : PreparedServices.of(service).command(JavaProgram.java());
    }

    private List<String> commandOf(Service service) {
        return requireNonNull(commands.get(service));
    }

    Database database(Service service) {
        return shop.database(service);
    }

    ServiceProcess process(Service service) {
        return shop.instances(service).getFirst();
    }

    void launch(Service service) {
        process(service).launchCommand(commandOf(service));
    }

    /// One more instance, in groups of its own: it reads what the others read, as well.
    ServiceProcess launchTwin(Service service) {
        var twin = shop.addInstance(service);
        var command = new ArrayList<>(commandOf(service));
        command.add(1, "-Dspring.application.name=" + service.name() + "-twin");
        twin.launchCommand(command);
        return twin;
    }

    void end(ServiceProcess twin) {
        twin.kill();
        var _ = shop.services().remove(twin);
    }

    void replayDeadLetters(Service service) {
        shop.client().replayDeadLetters(service);
        hasReplayed = true;
    }

    KafkaServer kafka() {
        return shop.kafka();
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
        try (var connection = shop.postgres().administrator().connect();
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
    void inject(List<RawRecord> records, String why) throws IOException {
        for (var record : records) {
            history.recordInjected(log.write(record), why);
        }
    }

    /// The topics, without the help of a service.
    EventLog log() {
        return log;
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
        var check = ShopCheck.of(shop).withHistory(history, true).withSampler(sampler);
        return hasReplayed ? check.settledLettersAllowed() : check;
    }

    /// There is nothing to be finished.
    @Override
    public void close() {
        sampler.close();
        customers.close();
        log.close();
        shop.killServices();
    }
}
