package io.eventshop.contracts.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Schemas and samples of a released version never change: records that were written by them lie in
/// topics, outboxes and dead letters. `released.sha256` has a line for each file, and lines are
/// only ever appended.
final class ReleasedCheck {

    private ReleasedCheck() {}

    static List<String> problems(Contracts contracts) {
        var problems = new ArrayList<String>();
        var released = released(contracts.released());
        released.forEach((file, hash) -> {
            if (!contracts.has(file)) {
                problems.add(
                        "`%s` was removed or renamed after its release; restore it, for records of that version still lie in topics"
                                .formatted(file));
            } else if (!hash.equals(hash(contracts, file))) {
                problems.add(
                        "`%s` was changed after its release; restore it, and put the change into a new version"
                                .formatted(file));
            }
        });
        contracts.files().stream()
                .filter(file -> file.endsWith(".json") && !released.containsKey(file))
                .forEach(file ->
                        problems.add(
                                "`%s` is not in `released.sha256`, so anybody could change it; append the line `%s  %s`"
                                        .formatted(file, hash(contracts, file), file)));
        return problems;
    }

    private static Map<String, String> released(Path list) {
        var released = new LinkedHashMap<String, String>();
        for (String line : Contracts.lines(list)) {
            var parts = line.split(" [ *]", 2);
            if (parts.length != 2 || released.put(parts[1], parts[0]) != null) {
                throw new IllegalStateException("not one file and its hash: " + line);
            }
        }
        return released;
    }

    private static String hash(Contracts contracts, String file) {
        try {
            var bytes = Files.readAllBytes(contracts.resources().resolve(file));
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
