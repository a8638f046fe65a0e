package io.eventshop.contracts.gate;

import io.eventshop.contracts.EventType;
import io.eventshop.contracts.gate.Change.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Within a major every reader reads what every writer writes, whichever of them is older, and the
/// number of each version says what changed since the one before.
final class CompatibilityCheck {

    private CompatibilityCheck() {}

    static List<String> problems(Contracts contracts) {
        return contracts.events().stream()
                .flatMap(versions -> ofEvent(contracts, versions).stream())
                .toList();
    }

    private static List<String> ofEvent(Contracts contracts, List<EventType<?>> versions) {
        var written =
                versions.stream()
                        .filter(type -> contracts.has(Contracts.schemaFile(type)))
                        .map(type ->
                                new Step(
                                        type.name(),
                                        Version.of(type),
                                        contracts.schema(type),
                                        loggedKind(contracts, type)))
                        .toList();
        var refusals = written.stream().flatMap(step -> step.refusals().stream()).toList();
        return refusals.isEmpty() ? inOrder(written) : refusals;
    }

    private static String loggedKind(Contracts contracts, EventType<?> type) {
        return contracts.lines(Contracts.changesFile(type)).stream()
                .flatMap(line -> ChangeLine.parse(line).stream())
                .filter(line -> line.version().equals(type.version()))
                .map(ChangeLine::kind)
                .findFirst()
                .orElse("");
    }

    static List<String> inOrder(List<Step> steps) {
        var problems = new ArrayList<String>();
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            if (i == 0) {
                problems.addAll(first(step));
                continue;
            }
            problems.addAll(between(steps.get(i - 1), step));
            for (var earlier : steps.subList(0, i - 1)) {
                problems.addAll(breaks(earlier, step));
            }
        }
        return problems;
    }

    private static List<String> first(Step step) {
        var problems = new ArrayList<String>();
        if (!step.version().equals(Version.FIRST)) {
            problems.add("%s starts with another version than 1.0.0".formatted(step.name()));
        }
        problems.addAll(step.loggedAs(ChangeLine.NEW));
        return problems;
    }

    /// What two neighbours in the history have to say about each other.
    static List<String> between(Step older, Step newer) {
        var changes = SchemaDiff.between(older.schema(), newer.schema());
        var breaks = breaks(older, newer);
        if (!breaks.isEmpty()) {
            return breaks;
        }
        if (changes.isEmpty()) {
            return List.of(pair(older, newer) + "nothing has changed; take the version back");
        }
        var kind = changes.stream().map(Change::kind).max(Kind::compareTo).orElseThrow();
        var expected = older.version().after(kind);
        if (!newer.version().equals(expected)) {
            return List.of(
                    pair(older, newer)
                            + "the change is %s, and the number does not say so; call it %s (%s)"
                                    .formatted(kind.word(), expected, sentences(changes, kind)));
        }
        return newer.loggedAs(kind.word());
    }

    /// Why the two must not be of one major.
    private static List<String> breaks(Step older, Step newer) {
        if (older.version().major() != newer.version().major()) {
            return List.of();
        }
        return SchemaDiff.between(older.schema(), newer.schema()).stream()
                .filter(change -> change.kind() == Kind.BREAKING)
                .map(change -> pair(older, newer) + change.sentence())
                .toList();
    }

    private static String pair(Step older, Step newer) {
        return "%s %s → %s: ".formatted(newer.name(), older.version(), newer.version());
    }

    private static String sentences(List<Change> changes, Kind kind) {
        return changes.stream()
                .filter(change -> change.kind() == kind)
                .map(Change::sentence)
                .collect(Collectors.joining("; "));
    }

    /// @param logged the kind of change that its line in `changes.md` names; empty without a line
    record Step(String name, Version version, JsonNode schema, String logged) {

        List<String> refusals() {
            return Vocabulary.refusals(schema).stream()
                    .map(refusal -> "%s %s: %s".formatted(name, version, refusal))
                    .toList();
        }

        List<String> loggedAs(String kind) {
            return logged.isEmpty() || logged.equals(kind)
                    ? List.of()
                    : List.of(
                            "%s %s is %s, but `changes.md` calls it %s"
                                    .formatted(name, version, kind, logged));
        }
    }
}
