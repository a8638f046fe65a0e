package io.eventshop.messaging;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the messaging library as a whole.
///
/// @param writeOperations whether the actuator endpoints may retry, replay and discard. Off by
///   default: whoever reaches the management port could then change what is published and applied.
///   Change it where only operators reach that port.
/// @param schemasBaseUrl what the absolute URI in `ce_dataschema` starts with; the owner of an
///   event serves the path behind it. Change it behind a proxy, with several instances, and
///   wherever consumers run on another machine.
@ConfigurationProperties("eventshop.messaging")
public record MessagingProperties(
        @DefaultValue("false") boolean writeOperations,
        @DefaultValue("http://localhost") String schemasBaseUrl) {

    /// What an operator is told who would change something while that is off.
    public static final String WRITE_OPERATIONS_OFF =
            "write operations are off; eventshop.messaging.write-operations=true turns them on";
}
