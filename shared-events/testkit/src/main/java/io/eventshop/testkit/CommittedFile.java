package io.eventshop.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that is generated from the code and committed all the same: people read it without a
/// build, and a review shows what a change means for outsiders. Its test fails when the two differ.
///
/// @param file seen from the folder of the module whose test this is
public record CommittedFile(String file) {

    /// Writes the files instead of comparing them, all of them at once.
    private static final String SWITCH = "eventshop.update-docs";

    public void assertSays(String generated) {
        var path = Path.of(file);
        if (Boolean.getBoolean(SWITCH)) {
            try {
                Files.writeString(path, generated);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(path)
                .as(
                        "%s is not what the code says; `mvn verify -D%s=true` writes it, commit it"
                                + " then",
                        path.toAbsolutePath().normalize(), SWITCH)
                .content()
                .isEqualTo(generated);
    }

    /// The same for what stands between `<!-- part -->` and `<!-- end of part -->`, each a line of
    /// its own: the rest of the file is written by other tests or by hand.
    public void assertPartSays(String part, String generated) {
        String begin = "<!-- %s -->\n".formatted(part);
        String end = "<!-- end of %s -->\n".formatted(part);
        String text = read();
        assertThat(text).as(file).contains(begin).contains(end);
        assertSays(
                text.substring(0, text.indexOf(begin) + begin.length())
                        + generated
                        + text.substring(text.indexOf(end)));
    }

    String read() {
        return contentOf(Path.of(file).toFile(), UTF_8);
    }
}
