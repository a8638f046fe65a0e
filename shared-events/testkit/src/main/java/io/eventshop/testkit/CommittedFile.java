package io.eventshop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that is generated from the code and committed all the same: people read it without a
/// build, and a review shows what a change means for outsiders. Its test fails when the two differ.
public final class CommittedFile {

    /// Writes the files instead of comparing them, all of them at once.
    static final String SWITCH = "eventshop.update-docs";

    private final Path file;

    /// @param file seen from the folder of the module whose test this is
    public CommittedFile(String file) {
        this.file = Path.of(file);
    }

    public void assertSays(String generated) {
        if (Boolean.getBoolean(SWITCH)) {
            write(generated);
        }
        assertThat(Files.exists(file) ? read() : "")
                .as(
                        "%s is not what the code says; `mvn verify -D%s=true` writes it, commit it"
                                + " then",
                        file.toAbsolutePath().normalize(), SWITCH)
                .isEqualTo(generated);
    }

    /// The same for what stands between `<!-- part -->` and `<!-- end of part -->`, each a line of
    /// its own: the rest of the file is written by other tests or by hand.
    public void assertPartSays(String part, String generated) {
        String begin = "<!-- %s -->\n".formatted(part);
        String end = "<!-- end of %s -->\n".formatted(part);
        String text = read();
        assertThat(text).as(file.toString()).contains(begin).contains(end);
        assertSays(
                text.substring(0, text.indexOf(begin) + begin.length())
                        + generated
                        + text.substring(text.indexOf(end)));
    }

    private String read() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) {
        try {
            var _ = Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
