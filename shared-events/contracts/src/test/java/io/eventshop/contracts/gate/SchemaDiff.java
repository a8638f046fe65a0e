package io.eventshop.contracts.gate;

import static io.eventshop.contracts.gate.Change.additive;
import static io.eventshop.contracts.gate.Change.breaking;
import static io.eventshop.contracts.gate.Change.wording;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What changed between two schemas of one event, by the rules of `docs/compatibility-rules.md`.
///
/// Writers are closed: an event holds the fields of its schema and no others. Readers are open:
/// they ignore fields that they do not know, and see an unknown enum value as `UNKNOWN`. So a new
/// optional field concerns nobody. On the fields that both know, a reader is as strict as its
/// schema: looser there breaks old readers, stricter breaks new ones.
///
/// Knows only the keywords of [Vocabulary].
final class SchemaDiff {

    private static final List<String> METADATA = List.of("title", "description", "deprecated");
    private static final List<String> TEXT_FORMS = List.of("pattern", "format", "const");
    private static final String KEEP = "leave it as it was";

    private final List<Change> changes = new ArrayList<>();

    private SchemaDiff() {}

    static List<Change> between(JsonNode older, JsonNode newer) {
        var diff = new SchemaDiff();
        diff.compare("", older, newer);
        return List.copyOf(diff.changes);
    }

    private void compare(String pointer, JsonNode older, JsonNode newer) {
        String at = Vocabulary.shown(pointer);
        compareMetadata(at, older, newer);
        String type = newer.path("type").asString("");
        String before = older.path("type").asString("");
        if (!before.equals(type)) {
            changes.add(
                    breaking(
                            at,
                            "is of type %s instead of %s".formatted(type, before),
                            "old readers refuse new events, or new readers those in the topic",
                            "add an optional field with another name"));
            return;
        }
        TEXT_FORMS.forEach(keyword -> compareForm(at, keyword, older, newer));
        compareEnum(at, older.path("enum"), newer.path("enum"));
        Limit.ALL.forEach(limit -> limit.compare(at, older, newer).ifPresent(changes::add));
        switch (type) {
            case "object" -> compareObjects(pointer, older, newer);
            case "array" -> compare(pointer + "/*", older.path("items"), newer.path("items"));
            default -> {}
        }
    }

    private void compareMetadata(String at, JsonNode older, JsonNode newer) {
        METADATA.stream()
                .filter(keyword -> !older.path(keyword).equals(newer.path(keyword)))
                .forEach(keyword -> changes.add(wording(at, "has another " + keyword)));
    }

    private void compareForm(String at, String keyword, JsonNode older, JsonNode newer) {
        if (!older.path(keyword).equals(newer.path(keyword))) {
            changes.add(
                    breaking(
                            at,
                            "has another " + keyword,
                            "old readers may refuse new events, or new readers those in the topic",
                            KEEP));
        }
    }

    private void compareEnum(String at, JsonNode older, JsonNode newer) {
        if (older.isMissingNode() != newer.isMissingNode()) {
            changes.add(
                    breaking(
                            at,
                            newer.isMissingNode() ? "has no enum any more" : "got an enum",
                            "one side knows a fixed set of values and the other any",
                            KEEP));
            return;
        }
        var before = strings(older);
        var after = strings(newer);
        for (String gone : without(before, after)) {
            changes.add(
                    breaking(
                            at,
                            "can no longer be " + gone,
                            "new readers do not understand the events in the topic that say it",
                            "keep the value and stop writing it"));
        }
        for (String added : without(after, before)) {
            changes.add(additive(at, "can also be " + added, "older readers see it as UNKNOWN"));
        }
        if (!List.copyOf(before).equals(List.copyOf(after)) && before.equals(after)) {
            changes.add(wording(at, "lists its enum in another order"));
        }
    }

    private void compareObjects(String pointer, JsonNode older, JsonNode newer) {
        var before = older.path("properties");
        var after = newer.path("properties");
        var requiredBefore = strings(older.path("required"));
        var requiredAfter = strings(newer.path("required"));
        before.properties().stream()
                .filter(property -> !after.has(property.getKey()))
                .forEach(property ->
                        removed(
                                pointer + "/" + property.getKey(),
                                requiredBefore.contains(property.getKey())));
        for (var property : after.properties()) {
            String name = property.getKey();
            String at = pointer + "/" + name;
            if (!before.has(name)) {
                added(at, requiredAfter.contains(name));
                continue;
            }
            compareNecessity(at, requiredBefore.contains(name), requiredAfter.contains(name));
            compare(at, before.path(name), property.getValue());
        }
    }

    private void removed(String at, boolean wasRequired) {
        changes.add(
                breaking(
                        at,
                        "was removed",
                        wasRequired
                                ? "old readers require it and refuse every new event"
                                : "readers that use it get it no more, and its name could come back with another meaning",
                        "keep it and mark it as deprecated"));
    }

    private void added(String at, boolean required) {
        changes.add(
                required
                        ? breaking(
                                at,
                                "is new and required",
                                "new readers refuse the events in the topic, which do not have it",
                                "make it optional")
                        : additive(at, "is new and optional", "older readers ignore it"));
    }

    private void compareNecessity(String at, boolean before, boolean after) {
        if (!before && after) {
            changes.add(
                    breaking(
                            at,
                            "became required",
                            "new readers refuse the events in the topic that leave it out",
                            "leave it optional"));
        }
        if (before && !after) {
            changes.add(
                    breaking(
                            at,
                            "became optional",
                            "old readers refuse new events that leave it out",
                            "leave it required"));
        }
    }

    private static Set<String> strings(JsonNode array) {
        return array.values().stream()
                .map(value -> Objects.requireNonNull(value.asString("")))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        var rest = new LinkedHashSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
