package io.eventshop.contracts.gate;

import io.eventshop.contracts.EventType;
import io.eventshop.contracts.shop.ShopEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A catalog and the files that belong to it.
///
/// @param resources the folder above `schemas` and `samples`
/// @param released the list of what must not change any more, in the format of `sha256sum`
record Contracts(Path resources, Path released, List<EventType<?>> catalog) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// Those of this module.
    static Contracts ours() {
        return new Contracts(
                Path.of("src/main/resources"),
                Path.of("src/test/resources/released.sha256"),
                ShopEvents.CATALOG.types());
    }

    /// One sentence for each thing that is wrong.
    List<String> problems() {
        return Stream.of(
                        FilesCheck.problems(this),
                        SamplesCheck.problems(this),
                        ReleasedCheck.problems(this),
                        CompatibilityCheck.problems(this),
                        DriftCheck.problems(this))
                .flatMap(List::stream)
                .toList();
    }

    /// The versions of each event, in the order of the catalog.
    Collection<List<EventType<?>>> events() {
        return catalog.stream()
                .collect(Collectors.groupingBy(EventType::name, TreeMap::new, Collectors.toList()))
                .values();
    }

    static String schemaFile(EventType<?> type) {
        return "schemas/" + type.name() + "/" + type.version() + ".json";
    }

    static String samplesFolder(EventType<?> type) {
        return "samples/" + type.name() + "/" + type.version() + "/";
    }

    static String changesFile(EventType<?> type) {
        return "schemas/" + type.name() + "/changes.md";
    }

    boolean has(String file) {
        return Files.isRegularFile(resources.resolve(file));
    }

    JsonNode schema(EventType<?> type) {
        return JSON.readTree(resources.resolve(schemaFile(type)));
    }

    /// Empty if there is no such file.
    List<String> lines(String file) {
        return has(file) ? lines(resources.resolve(file)) : List.of();
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All that lies in `schemas` and `samples`, in order.
    List<String> files() {
        var files = new ArrayList<String>();
        for (String folder : List.of("samples", "schemas")) {
            try (var found = Files.walk(resources.resolve(folder))) {
                found.filter(Files::isRegularFile)
                        .map(file -> resources.relativize(file).toString().replace('\\', '/'))
                        .sorted()
                        .forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }
}
