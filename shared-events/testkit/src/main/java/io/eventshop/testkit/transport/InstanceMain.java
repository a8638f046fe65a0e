package io.eventshop.testkit.transport;

import io.eventshop.messaging.transport.BatchHandler;
import io.eventshop.messaging.transport.Consumption;
import io.eventshop.messaging.transport.Delivery;
import io.eventshop.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// An instance of a service in a JVM of its own, to be killed and paused in mid-batch.
final class InstanceMain {

    static final String READY = "instance is ready";
    static final String HOLDING = "instance holds a batch";

    private InstanceMain() {}

    /// @param arguments the factory's class, the broker's address, the group, the topic, the file
    ///   of effects, the instance's name, from which number on it holds its first batch, and the
    ///   file whose appearance lets it go on
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        var broker = BrokerFactory.connect(arguments[0], arguments[1]);
        var topic = ContractEnvironment.topic(arguments[3]);
        var consumption = new Consumption(arguments[2], List.of(topic), 100, Duration.ofMinutes(1));
        var effects = new Effects(Path.of(arguments[4]));
        var handler =
                new HoldingHandler(
                        effects,
                        arguments[5],
                        Integer.parseInt(arguments[6]),
                        Path.of(arguments[7]));
        var receiver = broker.receiver(consumption, handler);
        // As a service that is told to end; a kill is none.
        Runtime.getRuntime().addShutdownHook(new Thread(receiver::stop));
        receiver.start();
        System.out.println(READY);
        new CountDownLatch(1).await();
    }

    /// Holds a batch before it has any effect.
    private record HoldingHandler(Effects effects, String instance, int from, Path release)
            implements BatchHandler {

        @Override
        public Optional<Duration> handle(List<Delivery> batch) {
            boolean holds = batch.stream().anyMatch(one -> Numbered.of(one).number() >= from);
            if (holds && !Files.exists(release)) {
                System.out.println(HOLDING);
                Eventually.await("the release").until(() -> Files.exists(release));
            }
            effects.add(instance, batch);
            return Optional.empty();
        }
    }
}
