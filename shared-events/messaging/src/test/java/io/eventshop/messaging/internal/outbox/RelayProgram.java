package io.eventshop.messaging.internal.outbox;

import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.JavaProgram;
import io.eventshop.messaging.transport.Outcome;
import io.eventshop.messaging.transport.OutgoingRecord;
import io.eventshop.messaging.transport.Transport;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Another instance of the service, reduced to its relay, in a process that can be paused and
/// killed.
final class RelayProgram {

    /// What befalls the instance as soon as the broker has acknowledged its first records.
    enum Fate {
        /// It waits for the end of its days with its transaction open.
        HANG,
        /// It ends as by `kill -9`, before it could delete what was acknowledged.
        HALT
    }

    private RelayProgram() {}

    static Process start(TestShop shop, Fate fate) throws IOException {
        List<String> command =
                JavaProgram.command(
                        RelayProgram.class,
                        List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        List.of(
                                shop.database.url(),
                                shop.database.username(),
                                shop.database.password(),
                                shop.bootstrapServers,
                                shop.topic,
                                fate.name()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
    }

    public static void main(String[] args) throws InterruptedException {
        var database = new Database(args[0], args[1], args[2]);
        var fate = Fate.valueOf(args[5]);
        var deadline = Duration.ofSeconds(10);
        var pool = new RelayPool(TestShop.connection(database), TestShop.properties(deadline));
        TestShop.relay(pool, () -> new FatefulTransport(args[3], args[4], fate), deadline).start();
        new CountDownLatch(1).await();
    }

    private static final class FatefulTransport implements Transport {

        private final Transport kafka;
        private final Fate fate;

        private FatefulTransport(String bootstrapServers, String topic, Fate fate) {
            this.kafka = TestKafka.transport(bootstrapServers, topic);
            this.fate = fate;
        }

        @Override
        public List<Outcome> send(List<OutgoingRecord> records, Duration deadline) {
            List<Outcome> outcomes = kafka.send(records, deadline);
            if (!outcomes.contains(new Outcome.Acked())) {
                return outcomes;
            }
            if (fate == Fate.HALT) {
                Runtime.getRuntime().halt(9);
            }
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return outcomes;
        }

        @Override
        public void close() {
            kafka.close();
        }
    }
}
