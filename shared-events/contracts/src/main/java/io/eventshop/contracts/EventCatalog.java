package io.eventshop.contracts;

import java.util.List;
import java.util.Optional;

/// Every event type in every version that was ever published, old ones first. A version is added,
/// never changed or removed: records of it lie in topics and in dead letters.
///
/// A service gives its catalog to the libraries as a bean; they know no event but through it.
///
/// @param types of one name, the older versions first
public record EventCatalog(List<EventType<?>> types) {

    public EventCatalog {
        types = List.copyOf(types);
    }

    public static EventCatalog of(EventType<?>... types) {
        return new EventCatalog(List.of(types));
    }

    /// The topics of all types, each once, in the order of the types.
    public List<Topic> topics() {
        return types.stream().<Topic>map(EventType::topic).distinct().toList();
    }

    /// The topics that a service writes.
    ///
    /// @param service its `spring.application.name`
    public List<Topic> topicsOf(String service) {
        return topics().stream().filter(topic -> topic.owner().equals(service)).toList();
    }

    /// The type with this CloudEvents `type`, in the newest minor version that the catalog knows.
    public Optional<EventType<?>> byWireName(String wireName) {
        return types.stream()
                .filter(type -> type.wireName().equals(wireName))
                .reduce((older, newer) -> newer);
    }

    /// The type that is written for this record.
    ///
    /// @throws IllegalArgumentException if the catalog does not list the record
    public EventType<?> of(Class<?> payload) {
        return types.stream()
                .filter(type -> type.payload().equals(payload))
                .reduce((older, newer) -> newer)
                .orElseThrow(() ->
                        new IllegalArgumentException(payload + " is not in the event catalog"));
    }
}
