package io.eventshop.messaging.kafka;

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

/// Starts the listeners and keeps them started. The broker's name may not resolve yet when the
/// service starts, and a listener ends on an error of the JVM: a service that goes on without
/// listening would look healthy and never finish an order.
final class KafkaListeners implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(KafkaListeners.class);

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

    private final List<? extends MessageListenerContainer> containers;
    private @Nullable ScheduledExecutorService supervisor;

    KafkaListeners(List<? extends MessageListenerContainer> containers) {
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
        for (var container : containers) {
            if (!container.isRunning()) {
                try {
                    container.start();
                } catch (RuntimeException e) {
                    log.warn("{} does not start yet: {}", container.getGroupId(), e.toString());
                }
            }
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
