package io.eventshop.messaging.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/// Migrates a library's own schema in the service's database, with a Flyway history of its own, so
/// that the services number their migrations freely.
///
/// It is no bean of a Flyway type on purpose: Boot backs off from migrating the service's schema as
/// soon as it finds one. Several instances may start at once; Flyway lets one migrate and the
/// others wait for as long as it takes. An unreachable database fails the start, as it does for the
/// service's own migrations.
///
/// A migration that waits for a lock makes every later query of that table wait behind it. So it
/// gives up after a second, which is shorter than a request waits for the database, lets the queue
/// through, and is tried again until it gets its locks; the log says so each time. A migration that
/// runs outside of a transaction, as `create index concurrently` has to, waits without a limit: it
/// blocks no queries while it waits, and what it had done by then would be left behind. A script
/// that must wait longer says `set local lock_timeout = …` itself.
///
/// `spring.flyway.enabled=false` switches it off together with the service's own: the training run
/// for the AOT cache builds the whole application where there is no database.
public final class SchemaMigration implements InitializingBean, EnvironmentAware {

    private static final Logger log = LoggerFactory.getLogger(SchemaMigration.class);

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);

    /// For the queries that came meanwhile.
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final DataSource dataSource;
    private final String schema;
    private final String location;
    private boolean enabled = true;

    /// @param location of the SQL files, e.g. `classpath:db/messaging`
    public SchemaMigration(DataSource dataSource, String schema, String location) {
        this.dataSource = dataSource;
        this.schema = schema;
        this.location = location;
    }

    @Override
    public void setEnvironment(Environment environment) {
        enabled = environment.getProperty("spring.flyway.enabled", Boolean.class, true);
    }

    @Override
    public void afterPropertiesSet() {
        if (!enabled) {
            return;
        }
        var flyway =
                Flyway.configure()
                        .dataSource(dataSource)
                        .schemas(schema)
                        .locations(location)
                        .failOnMissingLocations(true);
        configure(flyway);
        migrate(flyway.load());
    }

    /// Gives a migration its own connections and its bounded wait for locks. Flyway's lock, by
    /// which instances wait for each other, is the session's: `create index concurrently` waits for
    /// all transactions, so for ever if one of them holds that lock.
    static void configure(FluentConfiguration flyway) {
        flyway.dataSource(unbounded(flyway.getDataSource()))
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .lockRetryCount(-1)
                .callbacks(
                        Stream.concat(
                                        Stream.of(flyway.getCallbacks()),
                                        Stream.of(new BoundedLockWaits()))
                                .toArray(Callback[]::new));
    }

    /// Connections to the pool's database without the limits of the pool's sessions, which suit
    /// requests: a migration may work for long.
    private static DataSource unbounded(DataSource pool) {
        return DataSourceBuilder.derivedFrom(pool).type(SimpleDriverDataSource.class).build();
    }

    /// Repeats the migration until no lock is in its way. What was done before the one that failed
    /// stays done.
    ///
    /// @throws FlywayException if it fails for another reason, or the thread is interrupted
    static void migrate(Flyway flyway) {
        while (true) {
            try {
                var _ = flyway.migrate();
                return;
            } catch (FlywayException e) {
                var timeout = lockTimeout(e);
                if (timeout == null || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                log.warn(
                        "a migration did not get a lock within {} and is tried again in {}: {}",
                        LOCK_TIMEOUT,
                        PAUSE,
                        timeout.getMessage());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static @Nullable SQLException lockTimeout(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .filter(e -> SqlFault.of(e.getSQLState()) == SqlFault.LOCK)
                .findFirst()
                .orElse(null);
    }

    /// For this migration's transaction only, so that Flyway's own locks are as they were; without
    /// a transaction the server ignores it.
    private static final class BoundedLockWaits extends BaseCallback {

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.BEFORE_EACH_MIGRATE;
        }

        @Override
        public void handle(Event event, Context context) {
            try (var statement = context.getConnection().createStatement()) {
                statement.execute("set local lock_timeout = " + LOCK_TIMEOUT.toMillis());
            } catch (SQLException e) {
                throw new FlywayException("the migration's wait for locks cannot be bounded", e);
            }
        }
    }
}
