package io.eventshop.messaging.internal.inbox;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Finds out who holds the lock that a transaction waits for. It asks on a connection of its own,
/// while that one waits: when the wait has ended, nobody knows any more.
///
/// It costs a statement in the transaction, a virtual thread and a statement every quarter of the
/// lock timeout, so it watches single events that have failed with their batch, and no batch.
final class LockWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LockWatch.class);

    private static final String UNKNOWN = "unknown";

    /// For an answer that is on its way.
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final JdbcClient jdbc;
    private final Duration interval;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CompletableFuture<String> holders = new CompletableFuture<>();

    /// @param lockTimeout after which the transaction gives up
    LockWatch(JdbcClient jdbc, Duration lockTimeout) {
        this.jdbc = jdbc;
        this.interval = lockTimeout.dividedBy(4);
    }

    /// From now on the running transaction is watched, until this is closed.
    void begin() {
        int session = jdbc.sql("select pg_backend_pid()").query(Integer.class).single();
        var _ = Thread.startVirtualThread(() -> look(session));
    }

    private void look(int session) {
        try {
            while (!holders.isDone() && !ended.await(interval.toNanos(), NANOSECONDS)) {
                String known = ask(session);
                if (known != null) {
                    var _ = holders.complete(known);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.debug("who holds the lock is not known", e);
        }
    }

    /// Not those who stand before it in the queue, but those for whom all of them wait. A
    /// transaction that is prepared and was forgotten has no session.
    private @Nullable String ask(int session) {
        return jdbc.sql(
                        """
                        with recursive blocker (pid) as (
                            select unnest(pg_blocking_pids(:session))
                            union
                            select unnest(pg_blocking_pids(blocker.pid))
                            from blocker)
                        select string_agg(
                            case when activity.pid is null
                                then 'a prepared transaction, see pg_prepared_xacts'
                                else format(
                                    'session %s of role %s (%s), %s, in a transaction since %s',
                                    activity.pid, usename, application_name,
                                    coalesce(state, 'state not shown'),
                                    coalesce(to_char(
                                        xact_start at time zone 'UTC',
                                        'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'an unknown time'))
                            end, '; ')
                        from blocker
                        left join pg_stat_activity as activity using (pid)
                        where cardinality(pg_blocking_pids(blocker.pid)) = 0
                        """)
                .param("session", session)
                .query((row, _) -> row.getString(1))
                .single();
    }

    /// For people: sessions as PostgreSQL names them, without what they do.
    String holders() {
        return holders.completeOnTimeout(UNKNOWN, PATIENCE.toNanos(), NANOSECONDS).join();
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
