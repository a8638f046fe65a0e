package io.eventshop.messaging.internal.outbox;

import io.eventshop.messaging.internal.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Publishes what is in the outbox, from the start of the service to its end: one [RelayLoop] and
/// one platform thread for each shard. Every instance of a service runs all loops; the shards'
/// locks decide which instance works.
///
/// It starts before and stops after whatever takes in requests and events, so that the events of
/// the last of them still go out.
final class Relay implements SmartLifecycle {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    private final DataSource pool;
    private final Supplier<Transport> transports;
    private final OutboxProperties properties;
    private final OutboxMeters meters;

    private volatile List<Worker> workers = List.of();

    /// @param pool the relay's own, see [RelayPool]
    /// @param transports makes a new transport for each loop
    Relay(
            DataSource pool,
            Supplier<Transport> transports,
            OutboxProperties properties,
            OutboxMeters meters) {
        this.pool = pool;
        this.transports = transports;
        this.properties = properties;
        this.meters = meters;
    }

    private record Worker(RelayLoop loop, Thread thread) {}

    /// There is something new in the shard. Does nothing while the relay is stopped.
    void wake(int shard) {
        List<Worker> running = workers;
        if (!running.isEmpty()) {
            running.get(shard).loop().wake();
        }
    }

    @Override
    public void start() {
        workers = IntStream.range(0, Shard.COUNT).mapToObj(this::worker).toList();
        workers.forEach(worker -> worker.thread().start());
    }

    private Worker worker(int shard) {
        var loop =
                new RelayLoop(
                        shard,
                        new ShardQueue(JdbcClient.create(pool), shard),
                        new TransactionTemplate(new JdbcTransactionManager(pool)),
                        transports.get(),
                        properties,
                        meters);
        // A platform thread: the loop is there for as long as the service, and waits in the
        // driver and in the broker's client rather than in code made for virtual threads.
        return new Worker(
                loop, Thread.ofPlatform().name("outbox-relay-" + shard).daemon().unstarted(loop));
    }

    @Override
    public void stop() {
        List<Worker> running = workers;
        running.forEach(worker -> worker.loop().stop());
        if (!joined(running, STOP_PATIENCE)) {
            running.forEach(worker -> worker.loop().abort());
            boolean _ = joined(running, STOP_PATIENCE);
        }
        workers = List.of();
    }

    private static boolean joined(List<Worker> workers, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (Worker worker : workers) {
                if (!worker.thread().join(Duration.ofNanos(end - System.nanoTime()))) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean isRunning() {
        return !workers.isEmpty();
    }

    @Override
    public boolean isAutoStartup() {
        return properties.relayEnabled();
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
