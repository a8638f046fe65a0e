package io.eventshop.launcher.demo.commands;

import java.util.HashSet;
import java.util.Set;

/// Picks the events of one order: those with its id as the key, and those that they have caused,
/// such as a low stock, whose key is an item.
final class EventFilter {

    private final String order;
    private final Set<String> picked = new HashSet<>();

    /// @param order empty for all events
    EventFilter(String order) {
        this.order = order;
    }

    boolean admits(EventLine line) {
        if (order.isEmpty()) {
            return true;
        }
        boolean admitted = line.key().equals(order) || picked.contains(line.causation());
        if (admitted) {
            picked.add(line.id());
        }
        return admitted;
    }
}
