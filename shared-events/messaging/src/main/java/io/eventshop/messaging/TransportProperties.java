package io.eventshop.messaging;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which broker carries the events.
///
/// @param transport the module `messaging-<transport>` on the class path connects to its broker,
///   with the settings in its `eventshop-<transport>.yml`. Change it when another broker than Kafka
///   is there: in all services alike, and not in the file of a profile, which is read after those
///   settings.
@ConfigurationProperties("eventshop")
public record TransportProperties(@DefaultValue("kafka") String transport) {

    public TransportProperties {
        // A file's name is told from another by case, where Spring's conditions are not.
        if (!transport.matches("[a-z]+")) {
            throw new IllegalArgumentException(
                    "eventshop.transport is in lower-case letters, e.g. kafka, not " + transport);
        }
    }
}
