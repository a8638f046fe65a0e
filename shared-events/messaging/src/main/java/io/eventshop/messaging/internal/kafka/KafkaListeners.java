package io.eventshop.messaging.internal.kafka;

import io.eventshop.messaging.background.BackgroundWork;
import io.eventshop.messaging.background.Pause;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;

/// Starts the listeners and keeps them started: a listener ends on an error of the JVM, and a
/// service that goes on without listening would look healthy and never finish an order.
///
/// None starts before the broker has answered. Its name may not resolve yet; and a consumer that
/// has never heard how often to send heartbeats asks for the group's coordinator without a pause:
/// with the broker away each one would take a whole core (KAFKA-21010 and its like).
final class KafkaListeners implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(KafkaListeners.class);

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    private final Broker broker;
    private final List<? extends MessageListenerContainer> containers;
    private final BackgroundWork supervision =
            new BackgroundWork("inbox-listeners", () -> List.of(this::startStopped));

    KafkaListeners(Broker broker, List<? extends MessageListenerContainer> containers) {
        this.broker = broker;
        this.containers = containers;
    }

    @Override
    public void start() {
        supervision.start();
    }

    private Pause startStopped(BooleanSupplier stopping) throws InterruptedException {
        var stopped = containers.stream().filter(one -> !one.isRunning()).toList();
        if (!stopped.isEmpty() && broker.answers()) {
            for (MessageListenerContainer container : stopped) {
                start(container, stopping);
            }
        }
        return Pause.of(CHECK_INTERVAL);
    }

    /// Looks behind, too: a stop that did not wait for this must not be overtaken.
    private static void start(MessageListenerContainer container, BooleanSupplier stopping) {
        try {
            if (!stopping.getAsBoolean()) {
                container.start();
            }
            if (stopping.getAsBoolean()) {
                container.stop();
            }
        } catch (RuntimeException e) {
            log.warn("{} does not start yet: {}", container.getGroupId(), e.toString());
        }
    }

    @Override
    public void stop() {
        supervision.stop();
        containers.forEach(MessageListenerContainer::stop);
    }

    @Override
    public boolean isRunning() {
        return supervision.isRunning();
    }

    /// Last to start and first to stop: handlers need everything else.
    @Override
    public int getPhase() {
        return AbstractMessageListenerContainer.DEFAULT_PHASE;
    }
}
