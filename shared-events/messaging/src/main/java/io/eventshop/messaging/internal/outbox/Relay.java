package io.eventshop.messaging.internal.outbox;

import io.eventshop.messaging.background.BackgroundWork;
import io.eventshop.messaging.internal.transport.Transport;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Publishes what is in the outbox, from the start of the service to its end: one [RelayLoop] for
/// each shard. Every instance of a service runs all loops; the shards' locks decide which instance
/// works.
///
/// It starts before and stops after whatever takes in requests and events, so that the events of
/// the last of them still go out.
final class Relay extends BackgroundWork {

    /// @param pool the relay's own, see [RelayPool]
    /// @param transports makes a new transport for each loop
    Relay(
            DataSource pool,
            Supplier<Transport> transports,
            OutboxProperties properties,
            OutboxMeters meters) {
        super("outbox-relay", () -> loops(pool, transports, properties, meters));
    }

    private static List<RelayLoop> loops(
            DataSource pool,
            Supplier<Transport> transports,
            OutboxProperties properties,
            OutboxMeters meters) {
        if (!properties.relayEnabled()) {
            return List.of();
        }
        var transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        var jdbc = JdbcClient.create(pool);
        return IntStream.range(0, Shard.COUNT)
                .mapToObj(shard ->
                        new RelayLoop(
                                shard,
                                new ShardQueue(jdbc, shard),
                                transaction,
                                transports.get(),
                                properties,
                                meters))
                .toList();
    }
}
