package io.eventshop.messaging.internal.outbox;

import com.zaxxer.hikari.HikariDataSource;
import io.eventshop.messaging.database.ReconnectingDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/// The relay's own few connections. Requests never wait for the relay, which holds a connection for
/// as long as the broker takes to answer, nor does the relay wait for requests.
///
/// The time-outs bound how long a shard stays locked by a relay that is paused or gone: the
/// database ends a session that is idle in its transaction for longer than a pass may wait for the
/// broker, and one whose peer no longer takes its answers. The driver gives up on a database that
/// is gone.
///
/// The planner is told to walk along the index, whatever it believes: statistics of a queue that
/// was analysed while it was empty make it scan and sort the whole backlog for every pass. A delete
/// that is lost with the database's last moments is a duplicate, so no pass waits for the disk.
///
/// Its statements use the simple protocol. In the extended one a portal outlives its statement, and
/// with it the select's snapshot, which would hold up vacuum while the broker answers. What the
/// simple one does not keep either is a plan; so the select, whose planning would be most of an
/// event's way through an empty outbox, is prepared in SQL, once for each connection.
///
/// It holds a data source and is none, so that nothing takes it for the service's own.
final class RelayPool implements AutoCloseable {

    /// One for each shard, and one for the meters.
    private static final int CONNECTIONS = Shard.COUNT + 1;

    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);

    private final HikariDataSource pool = new HikariDataSource();

    RelayPool(JdbcConnectionDetails database, OutboxProperties properties) {
        Duration ackDeadline = properties.ackDeadline();
        pool.setPoolName("outbox-relay");
        pool.setJdbcUrl(database.getJdbcUrl());
        pool.setUsername(database.getUsername());
        pool.setPassword(database.getPassword());
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(CONNECT_MAX.toMillis());
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionInitSql(ShardQueue.PREPARE_OLDEST);
        pool.addDataSourceProperty("ApplicationName", "outbox-relay");
        pool.addDataSourceProperty("connectTimeout", Long.toString(CONNECT_MAX.toSeconds()));
        pool.addDataSourceProperty("socketTimeout", Long.toString(ackDeadline.toSeconds()));
        pool.addDataSourceProperty("preferQueryMode", "simple");
        pool.addDataSourceProperty("logServerErrorDetail", "false"); // quotes rows, see the payload
        pool.addDataSourceProperty("options", sessionSettings(ackDeadline));
        ReconnectingDataSource.under(pool);
    }

    private static String sessionSettings(Duration ackDeadline) {
        return """
        -c idle_in_transaction_session_timeout=%1$d -c tcp_user_timeout=%1$d \
        -c statement_timeout=%2$d -c enable_sort=off -c enable_seqscan=off \
        -c plan_cache_mode=force_generic_plan -c synchronous_commit=off\
        """
                .formatted(ackDeadline.plus(GRACE).toMillis(), ackDeadline.toMillis());
    }

    DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}
