package io.eventshop.messaging.internal.inbox;

import static io.eventshop.messaging.internal.inbox.InboxProperties.RETRY_DELAY_MIN;

import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.transport.BatchHandler;
import io.eventshop.messaging.transport.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/// Hands a consumer's batches to the inbox, and answers its failures with pauses that grow until a
/// batch goes through. For one receiver, which hands over one batch at a time.
final class RetryPauses implements BatchHandler {

    private static final Logger log = LoggerFactory.getLogger(RetryPauses.class);

    private final Inbox inbox;
    private final Subscription<?> subscription;
    private final ExponentialBackOff backOff;
    private final Duration probeInterval;
    private BackOffExecution pauses;

    RetryPauses(Inbox inbox, Subscription<?> subscription, InboxProperties properties) {
        this.inbox = inbox;
        this.subscription = subscription;
        this.backOff = new ExponentialBackOff(RETRY_DELAY_MIN.toMillis(), 2);
        this.backOff.setMaxInterval(properties.retryDelayMax().toMillis());
        this.probeInterval = properties.probeInterval();
        this.pauses = backOff.start();
    }

    @Override
    public Optional<Duration> handle(List<Delivery> batch) {
        try {
            inbox.receive(subscription, batch);
            pauses = backOff.start();
            return Optional.empty();
        } catch (BatchUnfinishedException unfinished) {
            log.warn("{}: {}", subscription.name(), unfinished.getMessage());
            return Optional.of(RETRY_DELAY_MIN);
        } catch (ConsumerStoppedException stopped) {
            log.warn("{} is still stopped: {}", subscription.name(), stopped.getMessage());
            return Optional.of(probeInterval);
        } catch (RuntimeException failure) {
            var pause = Duration.ofMillis(pauses.nextBackOff());
            // The inbox has said of which event, and with its trace.
            log.warn(
                    "{}: a batch failed, again in {}: {}",
                    subscription.name(),
                    pause,
                    failure.toString());
            return Optional.of(pause);
        }
    }
}
