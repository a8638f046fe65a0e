package io.eventshop.messaging.internal.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.messaging.internal.inbox.Incoming.Content.Decoded;
import io.eventshop.messaging.transport.Attributes;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// Names one event in every log line that is written meanwhile, whether it is being handled or
/// turned out to be impossible to handle: the event, its flow, its trace, and the aggregate that it
/// is about, by the name that its topic gives it.
final class NamedInLog implements AutoCloseable {

    /// See W3C Trace Context. Tracing sets the id as well, but only while a handler runs.
    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-.*");

    /// A foreign producer may have any key: this is none that could be an address.
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

    private final @Nullable Map<String, String> before = MDC.getCopyOfContextMap();

    NamedInLog(Incoming incoming) {
        put("eventId", incoming.id().toString());
        put(
                "correlationId",
                incoming.content() instanceof Decoded decoded
                        ? decoded.metadata().correlationId()
                        : incoming.correlationId());
        byte[] key = incoming.delivery().key();
        if (incoming.keyName() != null && key != null) {
            put(incoming.keyName(), shown(key));
        }
        put("traceId", traceId(incoming.delivery().attributes()));
    }

    /// @return null for a key that is not for the log
    static @Nullable String shown(byte[] key) {
        String text = new String(key, UTF_8);
        return KEY.matcher(text).matches() ? text : null;
    }

    private static @Nullable String traceId(Map<String, String> attributes) {
        return Attributes.token(attributes, Attributes.TRACE_PARENT)
                .map(TRACE_ID::matcher)
                .filter(Matcher::matches)
                .map(traceparent -> traceparent.group(1))
                .orElse(null);
    }

    private static void put(String name, @Nullable String value) {
        if (value != null) {
            MDC.put(name, value);
        }
    }

    @Override
    public void close() {
        MDC.setContextMap(before == null ? Map.of() : before);
    }
}
