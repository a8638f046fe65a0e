package io.eventshop.messaging.internal.outbox;

import io.eventshop.messaging.background.BackgroundWork;
import io.eventshop.messaging.transport.Broker;
import io.eventshop.messaging.transport.Transport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.springframework.beans.factory.annotation.Autowired;
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

    @Autowired
    Relay(RelayPool pool, Broker broker, OutboxProperties properties, OutboxMeters meters) {
        this(pool, broker::transport, properties, meters);
    }

    /// @param transports makes a new transport for each loop
    Relay(
            RelayPool pool,
            Supplier<Transport> transports,
            OutboxProperties properties,
            OutboxMeters meters) {
        var transaction = new TransactionTemplate(new JdbcTransactionManager(pool.dataSource()));
        var jdbc = JdbcClient.create(pool.dataSource());
        int shards = properties.relayEnabled() ? Shard.COUNT : 0;
        super(
                "outbox-relay",
                () ->
                        IntStream.range(0, shards)
                                .mapToObj(shard ->
                                        new RelayLoop(
                                                new ShardQueue(jdbc, shard),
                                                transaction,
                                                transports.get(),
                                                properties,
                                                meters))
                                .toList());
    }
}
