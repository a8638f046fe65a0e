package io.eventshop.proof.drills;

import io.eventshop.launcher.servers.Database;
import io.eventshop.proof.shop.Services;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Gets between a service's relay and its outbox, with nothing but locks of PostgreSQL's.
///
/// The relays of all instances take turns by an advisory lock for each shard. Who holds all of them
/// keeps events in the outbox; who then locks the rows and lets the shards go catches a relay after
/// the broker's acknowledgement and before its delete.
///
/// The session has all the locks, so they end with this process, however it ends.
final class OutboxHold implements AutoCloseable {

    /// As the services' `ShardQueue` and `Shard` have them; stored formats, which do not change.
    private static final int LOCK_SPACE = 0x6F757462;

    private static final int SHARDS = 4;

    /// A relay holds its shard for as long as the broker takes, 10 s at most.
    private static final Duration LOCKED_WITHIN = Duration.ofSeconds(30);

    private static final Duration PUBLISHED_WITHIN = Duration.ofSeconds(8);

    private static final String SHARDS_OF =
            """
            select count(distinct shard) from messaging.outbox
             where aggregate_id = any (cast(? as uuid[])::text[])
            """;

    private static final String HOLDERS =
            """
            select l.objid as shard, a.pid, a.application_name,
                   case when a.wait_event_type = 'Lock' then 'waits for the rows to delete'
                        else a.state end as doing
              from pg_locks l
              join pg_stat_activity a using (pid)
             where l.locktype = 'advisory' and l.granted and l.classid = %d
               and l.database = (select oid from pg_database where datname = current_database())
             order by shard
            """
                    .formatted(LOCK_SPACE);

    private final Connection session;

    private OutboxHold(Connection session) {
        this.session = session;
    }

    /// From here on nothing of the outbox is published.
    static OutboxHold of(Database database) throws SQLException {
        var hold = new OutboxHold(database.connect(LOCKED_WITHIN));
        for (int shard = 0; shard < SHARDS; shard++) {
            hold.execute("select pg_advisory_lock(%d, %d)".formatted(LOCK_SPACE, shard));
        }
        return hold;
    }

    List<Unpublished> rows() throws SQLException {
        try (var statement = session.createStatement();
                var result = statement.executeQuery(Unpublished.SELECT)) {
            var rows = new ArrayList<Unpublished>();
            while (result.next()) {
                rows.add(Unpublished.of(result));
            }
            return rows;
        }
    }

    /// Lets the relays publish what is there now, and nobody delete it. Returns when each of them
    /// has the broker's answer and has come to the locked rows.
    ///
    /// @param orders whose OrderPlaced is all that the outbox holds, besides what cannot be
    ///   published
    /// @return how many shards they lie in: each is emptied by a relay of its own
    long publishButNotDelete(Bench bench, List<UUID> orders)
            throws SQLException, InterruptedException {
        var database = bench.database(Services.ORDER);
        long shards = Sql.count(database, SHARDS_OF, orders);
        session.setAutoCommit(false);
        execute("select seq from messaging.outbox for update");
        letPublish();
        bench.await(
                "the relay to publish and come to its delete",
                PUBLISHED_WITHIN,
                () ->
                        waitingDeletes(database) == shards
                                && bench.topics.placed(orders).size() == orders.size());
        return shards;
    }

    void letPublish() throws SQLException {
        execute("select pg_advisory_unlock_all()");
    }

    /// Which session has which shard, and what it does there.
    static List<List<String>> holders(Database database) throws SQLException {
        return Sql.rows(database, HOLDERS);
    }

    private static long waitingDeletes(Database database) throws SQLException {
        return holders(database).stream().filter(row -> row.getLast().startsWith("waits")).count();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
