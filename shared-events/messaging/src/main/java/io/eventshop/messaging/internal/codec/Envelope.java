package io.eventshop.messaging.internal.codec;

import java.util.Map;
import java.util.Optional;

/// A CloudEvent whose attributes can be read and whose data is still bytes.
///
/// @param attributes without prefix; whichever of them the producer set
/// @param data JSON
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying every payload would cost
public record Envelope(Map<String, String> attributes, byte[] data) {

    public Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /// @throws UnreadableEventException if the attribute is missing
    public String required(String name) {
        return attribute(name)
                .orElseThrow(() ->
                        new UnreadableEventException("the attribute " + name + " is missing"));
    }
}
