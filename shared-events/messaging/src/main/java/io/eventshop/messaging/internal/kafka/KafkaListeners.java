package io.eventshop.messaging.internal.kafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
    private @Nullable ScheduledExecutorService supervisor;

    KafkaListeners(Broker broker, List<? extends MessageListenerContainer> containers) {
        this.broker = broker;
        this.containers = containers;
    }

    @Override
    public synchronized void start() {
        supervisor =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("inbox-listeners").daemon().factory());
        var _ =
                supervisor.scheduleWithFixedDelay(
                        this::startStopped, 0, CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void startStopped() {
        var stopped = containers.stream().filter(one -> !one.isRunning()).toList();
        try {
            if (!stopped.isEmpty() && broker.answers()) {
                stopped.forEach(KafkaListeners::start);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(MessageListenerContainer container) {
        try {
            container.start();
        } catch (RuntimeException e) {
            log.warn("{} does not start yet: {}", container.getGroupId(), e.toString());
        }
    }

    @Override
    public synchronized void stop() {
        if (supervisor != null) {
            supervisor.close();
            supervisor = null;
        }
        containers.forEach(MessageListenerContainer::stop);
    }

    @Override
    public synchronized boolean isRunning() {
        return supervisor != null;
    }

    /// Last to start and first to stop: handlers need everything else.
    @Override
    public int getPhase() {
        return AbstractMessageListenerContainer.DEFAULT_PHASE;
    }
}
