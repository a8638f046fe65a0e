package io.eventshop.launcher.demo.supervision;

import static java.util.Comparator.naturalOrder;

import io.eventshop.launcher.servers.ProcessId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that another process must know about a running demo.
///
/// @param ports by the name of their option, so that commands find the parts
public record DemoState(ProcessId launcher, Map<String, Integer> ports, List<PartState> parts) {

    public DemoState {
        ports = Map.copyOf(ports);
        parts = List.copyOf(parts);
    }

    public boolean isRunning() {
        return launcher.running().isPresent();
    }

    /// When a part came or went the last time.
    public Instant changedAt() {
        return parts.stream().map(PartState::since).max(naturalOrder()).orElse(Instant.MIN);
    }

    public int port(String name) {
        return Optional.ofNullable(ports.get(name))
                .orElseThrow(() -> new IllegalStateException("no port is named " + name));
    }
}
