package io.eventshop.proof.system.crash;

import io.eventshop.launcher.servers.Database;
import java.sql.Connection;
import java.sql.SQLException;

/// Keeps the relays of a service from working, so that rows pile up and go out together: holds the
/// locks of all shards, as another instance's relay would.
final class RelayHold implements AutoCloseable {

    private final Connection connection;

    RelayHold(Database database) throws SQLException {
        connection = database.connect();
        try (var statement = connection.createStatement()) {
            var _ =
                    statement.execute(
                            """
                            select pg_advisory_lock(x'6f757462'::integer, shard)
                              from generate_series(0, 3) as shard
                            """);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
