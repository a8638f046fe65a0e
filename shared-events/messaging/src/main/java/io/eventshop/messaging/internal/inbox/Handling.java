package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.Correlation;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.internal.codec.Attributes;
import io.eventshop.messaging.internal.inbox.Incoming.Content.Decoded;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls a subscription's preparation and handlers, each event in its surroundings: the correlation
/// that its own events inherit, the ids in every log line, and a consumer span that continues the
/// trace in which the event was made. A listener of batches gets none of this from its container.
///
/// @param tracer null, as the propagator, where the service does not trace
record Handling(@Nullable Tracer tracer, @Nullable Propagator propagator) {

    void handle(Subscription subscription, List<Incoming> decoded) {
        if (decoded.isEmpty()) {
            return;
        }
        subscription.preparation().accept(decoded.stream().map(it -> content(it).event()).toList());
        for (Incoming incoming : decoded) {
            handle(subscription, incoming);
        }
    }

    private void handle(Subscription subscription, Incoming incoming) {
        var content = content(incoming);
        var metadata = content.metadata();
        var correlation = new Correlation(metadata.correlationId(), metadata.id().toString());
        String topic = incoming.delivery().position().topic();
        try (var _ = new NamedInLog(incoming)) {
            correlation.run(() ->
                    inSpan(topic, metadata, () -> subscription.handle(content.event(), metadata)));
        }
    }

    private static Decoded content(Incoming incoming) {
        return (Decoded) incoming.content();
    }

    private void inSpan(String topic, EventMetadata metadata, Runnable work) {
        if (tracer == null || propagator == null) {
            work.run();
            return;
        }
        Span span =
                propagator
                        .extract(metadata, Handling::attribute)
                        .kind(Span.Kind.CONSUMER)
                        .name(topic + " process")
                        .tag("messaging.message.id", metadata.id().toString())
                        .tag("cloudevents.event_type", metadata.type())
                        .start();
        try (var _ = tracer.withSpan(span)) {
            work.run();
        } catch (Throwable failure) {
            span.error(failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    private static @Nullable String attribute(EventMetadata metadata, String name) {
        return name.equals(Attributes.TRACE_PARENT) ? metadata.traceparent() : null;
    }
}
