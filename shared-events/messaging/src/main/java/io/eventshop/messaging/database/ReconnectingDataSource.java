package io.eventshop.messaging.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.util.DriverDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// The driver under a connection pool, which is back as soon as the database is.
///
/// HikariCP 7.0 waits after each attempt that failed twice as long as before, up to 5 s, and lets
/// nobody configure that (HikariCP#1741): a service looked up to 5 s too late whether its database
/// is back. So an attempt that finds no database does not fail here but lasts until there is one.
/// Who wants a connection meanwhile is told after the pool's own time-out, as always.
///
/// Before the first success an attempt fails at once, so that a start without a database ends with
/// a clear error. What is no absence, e.g. a wrong password, always fails at once.
public final class ReconnectingDataSource extends DelegatingDataSource {

    private static final Logger log = LoggerFactory.getLogger(ReconnectingDataSource.class);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final AtomicBoolean hasConnected = new AtomicBoolean();

    private final HikariDataSource pool;

    private ReconnectingDataSource(HikariDataSource pool) {
        super(
                new DriverDataSource(
                        pool.getJdbcUrl(),
                        pool.getDriverClassName(),
                        pool.getDataSourceProperties(),
                        pool.getUsername(),
                        pool.getPassword()));
        this.pool = pool;
    }

    /// Puts one under a pool that has not been used yet, instead of the driver as such. From then
    /// on a connection leaves the pool when the server refuses to write on it: after a failover it
    /// may lead to the old primary for as long as it lives.
    public static void under(HikariDataSource pool) {
        pool.setDataSource(new ReconnectingDataSource(pool));
        pool.setExceptionOverride(new ReadOnlyLeaves());
    }

    private static final class ReadOnlyLeaves implements SQLExceptionOverride {

        private static final String READ_ONLY = "25006";

        @java.lang.Override // the interface has a type of that name
        public SQLExceptionOverride.Override adjudicate(SQLException failure) {
            return READ_ONLY.equals(failure.getSQLState())
                    ? SQLExceptionOverride.Override.MUST_EVICT
                    : SQLExceptionOverride.Override.CONTINUE_EVICT;
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect(super::getConnection);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return connect(() -> super.getConnection(username, password));
    }

    private interface Attempt {
        Connection connect() throws SQLException;
    }

    private Connection connect(Attempt attempt) throws SQLException {
        for (boolean first = true; ; first = false) {
            try {
                var connection = attempt.connect();
                hasConnected.set(true);
                return connection;
            } catch (SQLException e) {
                if (!hasConnected.get() || !isAbsence(e)) {
                    throw e;
                }
                if (first) {
                    log.warn("no database, looking for it until it is back: {}", e.getMessage());
                }
                pause(e);
            }
        }
    }

    /// Connection exception; operator intervention, which includes a server that still starts.
    private static boolean isAbsence(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    /// A pool that is closed waits for its attempts to end, and does not interrupt them.
    private void pause(SQLException failure) throws SQLException {
        LockSupport.parkNanos(PAUSE.toNanos());
        if (pool.isClosed() || Thread.currentThread().isInterrupted()) {
            throw failure;
        }
    }
}
