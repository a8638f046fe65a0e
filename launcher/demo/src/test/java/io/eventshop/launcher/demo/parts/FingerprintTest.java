package io.eventshop.launcher.demo.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {

    @TempDir Path folder;

    @Test
    void a_jar_that_was_only_packed_again_is_the_same() throws IOException {
        Path monday = jar("monday.jar", 1_000_000_000_000L, "class A");
        Path tuesday = jar("tuesday.jar", 1_000_100_000_000L, "class A");

        assertThat(Fingerprint.of(tuesday, List.of("25")))
                .isEqualTo(Fingerprint.of(monday, List.of("25")));
    }

    @Test
    void other_content_or_another_java_is_not_the_same() throws IOException {
        Path before = jar("before.jar", 0, "class A");
        Path after = jar("after.jar", 0, "class B");

        assertThat(Fingerprint.of(after, List.of("25")))
                .isNotEqualTo(Fingerprint.of(before, List.of("25")));
        assertThat(Fingerprint.of(before, List.of("26")))
                .isNotEqualTo(Fingerprint.of(before, List.of("25")));
    }

    private Path jar(String name, long time, String content) throws IOException {
        Path jar = folder.resolve(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            var entry = new ZipEntry("A.class");
            entry.setTime(time);
            zip.putNextEntry(entry);
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
