package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.Correlation;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.internal.inbox.Incoming.Content.Decoded;
import io.eventshop.messaging.internal.outbox.OutboxTable;
import io.eventshop.messaging.internal.outbox.Stamp;
import io.eventshop.messaging.internal.outbox.StampedEvent;
import io.eventshop.messaging.transport.Attributes;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The one way in which events are handled, for a batch, for one alone and for a replay: prepare,
/// call the handlers in order, write, append what they have returned.
///
/// Each event is handled in its surroundings: the correlation that its own events inherit, the ids
/// in every log line, and a consumer span that continues the trace in which the event was made. A
/// listener of batches gets none of this from its container. Its answers get their stamp in there
/// as well, or they would belong to whatever came last.
///
/// @param tracer null, as the propagator, where the service does not trace
record Handling(
        Stamp stamp, OutboxTable outbox, @Nullable Tracer tracer, @Nullable Propagator propagator) {

    /// In the running transaction, and nothing of it stays outside: it may be tried again.
    <P> void handle(Subscription<P> subscription, List<Incoming> decoded) {
        if (decoded.isEmpty()) {
            return;
        }
        var events = decoded.stream().map(it -> content(it).event()).toList();
        P prepared = subscription.preparation().apply(events);
        var answers = new ArrayList<StampedEvent>();
        for (Incoming incoming : decoded) {
            answers.addAll(handle(subscription, incoming, prepared));
        }
        subscription.writing().accept(prepared);
        outbox.write(answers);
    }

    private <P> List<StampedEvent> handle(
            Subscription<P> subscription, Incoming incoming, P prepared) {
        var content = content(incoming);
        var metadata = content.metadata();
        var flow = new Correlation(metadata.correlationId(), metadata.id().toString());
        String topic = incoming.delivery().position().topic();
        try (var _ = new NamedInLog(incoming)) {
            return flow.get(() ->
                    inSpan(
                            topic,
                            metadata,
                            () ->
                                    stamp.on(
                                            subscription.handle(
                                                    content.event(), metadata, prepared),
                                            flow)));
        }
    }

    private static Decoded content(Incoming incoming) {
        return (Decoded) incoming.content();
    }

    private <T> T inSpan(String topic, EventMetadata metadata, Supplier<T> work) {
        if (tracer == null || propagator == null) {
            return work.get();
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
            return work.get();
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
