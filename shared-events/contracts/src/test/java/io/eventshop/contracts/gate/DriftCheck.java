package io.eventshop.contracts.gate;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.Upcastable;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The record of each major version agrees with the schema of its newest minor version, and each
/// superseded record becomes the one of the next major.
final class DriftCheck {

    private DriftCheck() {}

    static List<String> problems(Contracts contracts) {
        var problems = new ArrayList<String>();
        for (var versions : contracts.events()) {
            var majors = newestOfEachMajor(versions);
            for (int i = 0; i < majors.size(); i++) {
                var type = majors.get(i);
                if (contracts.has(Contracts.schemaFile(type))) {
                    RecordShape.drift(type.payload(), contracts.schema(type)).stream()
                            .map(drift -> label(type) + drift)
                            .forEach(problems::add);
                }
                boolean newest = i == majors.size() - 1;
                problems.addAll(newest ? isEvent(type) : becomes(type, majors.get(i + 1)));
            }
        }
        return problems;
    }

    private static List<EventType<?>> newestOfEachMajor(List<EventType<?>> versions) {
        return versions.stream()
                .filter(type ->
                        versions.stream()
                                .filter(other -> other.major() == type.major())
                                .allMatch(other ->
                                        Version.of(other).compareTo(Version.of(type)) <= 0))
                .toList();
    }

    private static List<String> isEvent(EventType<?> type) {
        return Event.class.isAssignableFrom(type.payload())
                ? List.of()
                : List.of(
                        label(type)
                                + "the record of the newest version is no Event, so no handler can take it");
    }

    private static List<String> becomes(EventType<?> older, EventType<?> newer) {
        boolean upcasts =
                Stream.of(older.payload().getGenericInterfaces())
                        .anyMatch(it ->
                                it instanceof ParameterizedType parameterized
                                        && parameterized.getRawType() == Upcastable.class
                                        && parameterized.getActualTypeArguments()[0]
                                                == newer.payload());
        return upcasts
                ? List.of()
                : List.of(
                        label(older)
                                + "the record does not become %s, so its events in topics cannot be handled any more; let it implement Upcastable<%2$s>"
                                        .formatted(
                                                newer.version(), newer.payload().getSimpleName()));
    }

    private static String label(EventType<?> type) {
        return "%s %s: ".formatted(type.name(), type.version());
    }
}
