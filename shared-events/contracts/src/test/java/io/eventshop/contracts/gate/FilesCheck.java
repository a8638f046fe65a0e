package io.eventshop.contracts.gate;

import io.eventshop.contracts.EventType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Each version in the catalog has a schema, a sample and a line in its change log, and nothing
/// else lies around.
final class FilesCheck {

    private final Contracts contracts;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> expected = new HashSet<>();

    private FilesCheck(Contracts contracts) {
        this.contracts = contracts;
    }

    static List<String> problems(Contracts contracts) {
        var check = new FilesCheck(contracts);
        contracts.catalog().forEach(check::schemaAndSamples);
        contracts.events().forEach(check::changeLog);
        check.strays();
        return check.problems;
    }

    private void schemaAndSamples(EventType<?> type) {
        String file = Contracts.schemaFile(type);
        expected.add(file);
        if (!contracts.has(file)) {
            problem(type, "has no schema; write `%s`", file);
        } else if (!contracts.schema(type).path("$id").asString("").endsWith(type.schemaPath())) {
            problem(
                    type,
                    "has a schema with a foreign `$id`; let it end in `%s`",
                    type.schemaPath());
        }
        var samples =
                contracts.files().stream()
                        .filter(sample -> sample.startsWith(Contracts.samplesFolder(type)))
                        .filter(sample -> sample.endsWith(".json"))
                        .toList();
        expected.addAll(samples);
        if (samples.isEmpty()) {
            problem(
                    type,
                    "has no sample, so nothing proves that it can be read; write one into `%s`",
                    Contracts.samplesFolder(type));
        }
    }

    private void changeLog(List<EventType<?>> versions) {
        var any = versions.getFirst();
        String file = Contracts.changesFile(any);
        expected.add(file);
        var logged = new ArrayList<String>();
        for (String line : contracts.lines(file)) {
            ChangeLine.parse(line)
                    .ifPresentOrElse(
                            change -> logged.add(change.version()),
                            () ->
                                    problems.add(
                                            "`%s` has a line that is not `- **1.2.3** (new, additive, breaking or wording): sentence.`, but: %s"
                                                    .formatted(file, line)));
        }
        for (var type : versions) {
            if (!logged.contains(type.version())) {
                problem(type, "has no line in `%s`; say there what changed", file);
            }
        }
        var listed = versions.stream().map(EventType::version).toList();
        if (listed.containsAll(logged) && logged.containsAll(listed) && !logged.equals(listed)) {
            problems.add("`%s` has not the order of the catalog, oldest first".formatted(file));
        }
        logged.stream()
                .filter(version -> !listed.contains(version))
                .forEach(version ->
                        problems.add(
                                "`%s` tells of %s, which is not in `ShopEvents`; add the version there, or delete the line"
                                        .formatted(file, version)));
    }

    private void strays() {
        contracts.files().stream()
                .filter(file -> !expected.contains(file))
                .forEach(file ->
                        problems.add(
                                "`%s` belongs to no version in `ShopEvents`; add the version there, or delete the file"
                                        .formatted(file)));
    }

    private void problem(EventType<?> type, String sentence, String file) {
        problems.add(type.name() + " " + type.version() + " " + sentence.formatted(file));
    }
}
