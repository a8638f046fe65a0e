package io.eventshop.messaging.internal.inbox;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.background.BackgroundWork;
import io.eventshop.messaging.background.Pause;
import io.eventshop.messaging.transport.Broker;
import io.eventshop.messaging.transport.Consumption;
import io.eventshop.messaging.transport.Receiver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;

/// One receiver for each subscription, in the group `<application>.<consumer>`. Starts them and
/// keeps them started: a receiver ends on an error of the JVM, and a service that goes on without
/// receiving would look healthy and never finish an order.
///
/// None starts before the broker has answered. Its name may not resolve yet; and a client that has
/// never heard from its broker may ask without a pause: with the broker away each of Kafka's would
/// take a whole core (KAFKA-21010 and its like).
final class Receivers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Receivers.class);

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    /// Last to start and first to stop: handlers need everything else. Requests end in the same
    /// phase, that of Boot's graceful shutdown: one after the other would take longer than a
    /// service has.
    private static final int PHASE = DEFAULT_PHASE - 1024;

    private final Broker broker;
    private final List<Receiver> receivers;
    private final BackgroundWork supervision =
            new BackgroundWork("inbox-receivers", () -> List.of(this::startStopped));

    /// @throws IllegalArgumentException if a subscription handles what the catalog does not list
    @Autowired
    Receivers(
            Broker broker,
            Consumers consumers,
            EventCatalog catalog,
            Inbox inbox,
            InboxProperties properties,
            @Value("${spring.application.name}") String application) {
        this(
                broker,
                consumers.byName().values().stream()
                        .map(subscription -> {
                            // One that it does not list would fail with the first record.
                            for (var event : subscription.events()) {
                                var _ = catalog.of(event);
                            }
                            return broker.receiver(
                                    consumption(application, subscription, properties),
                                    new RetryPauses(inbox, subscription, properties));
                        })
                        .toList());
    }

    Receivers(Broker broker, List<Receiver> receivers) {
        this.broker = broker;
        this.receivers = receivers;
    }

    private static Consumption consumption(
            String application, Subscription<?> subscription, InboxProperties properties) {
        return new Consumption(
                application + "." + subscription.name(),
                subscription.topics(),
                properties.batchSizeMax(),
                properties.pollIntervalMax());
    }

    @Override
    public void start() {
        supervision.start();
    }

    private Pause startStopped(BooleanSupplier stopping) throws InterruptedException {
        var stopped = receivers.stream().filter(one -> !one.isRunning()).toList();
        if (!stopped.isEmpty() && broker.answers()) {
            for (Receiver receiver : stopped) {
                start(receiver, stopping);
            }
        }
        return Pause.of(CHECK_INTERVAL);
    }

    /// Looks behind, too: a stop that did not wait for this must not be overtaken.
    private static void start(Receiver receiver, BooleanSupplier stopping) {
        try {
            if (!stopping.getAsBoolean()) {
                receiver.start();
            }
            if (stopping.getAsBoolean()) {
                receiver.stop();
            }
        } catch (RuntimeException e) {
            log.warn("{} does not start yet: {}", receiver, e.toString());
        }
    }

    @Override
    public void stop() {
        var _ = stopAll().join();
    }

    @Override
    public void stop(Runnable callback) {
        var _ =
                stopAll()
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                log.warn("a receiver does not stop and is abandoned", failure);
                            }
                            callback.run();
                        });
    }

    /// At the same time, so that all of them take no longer than the slowest. The supervision knows
    /// first: it must not start again what has just stopped.
    private CompletableFuture<Void> stopAll() {
        var supervisionEnded = new CompletableFuture<@Nullable Void>();
        supervision.stop(() -> supervisionEnded.complete(null));
        var receiversEnded =
                receivers.stream()
                        .map(receiver ->
                                CompletableFuture.runAsync(
                                        receiver::stop, Thread::startVirtualThread));
        return CompletableFuture.allOf(
                Stream.concat(Stream.of(supervisionEnded), receiversEnded)
                        .toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public boolean isRunning() {
        return supervision.isRunning();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
