package io.eventshop.launcher.demo.parts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Tells whether a jar is still the one that was prepared. Reads only the list of entries with
/// their checksums, which takes milliseconds, and ignores their dates: a build that changed nothing
/// keeps the fingerprint.
final class Fingerprint {

    private static final int LENGTH = 16;

    private Fingerprint() {}

    /// @param circumstances whatever else must be equal, e.g. the Java that will run it
    static String of(Path jar, List<String> circumstances) throws IOException {
        MessageDigest digest = sha256();
        try (var zip = new ZipFile(jar.toFile())) {
            zip.stream()
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .map(entry -> entry.getName() + " " + entry.getCrc())
                    .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        }
        circumstances.forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
