package io.eventshop.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.Arguments.Syntax;
import io.eventshop.launcher.drills.Drill;
import io.eventshop.launcher.drills.Drills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The script shows the help without Java, from text files; so they can differ from the code.
class HelpTest {

    private static final Path HELP = Path.of("src/main/help");
    private static final Pattern OPTION = Pattern.compile("(?m)^  --([a-z-]+)");

    /// A line that begins with a name.
    private static final Pattern DRILL = Pattern.compile("(?m)^  ([a-z][a-z-]+)  ");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo", "order", "load", "events", "mails", "status", "check", "drill", "stop"
            })
    void the_help_of_a_command_lists_exactly_its_options(String name) throws IOException {
        Syntax syntax = syntax(name);

        Set<String> listed =
                OPTION.matcher(Files.readString(HELP.resolve(name + ".txt")))
                        .results()
                        .map(option -> option.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));

        var understood = new TreeSet<>(syntax.options());
        understood.addAll(syntax.flags());
        assertThat(listed).isEqualTo(understood);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "load", "events", "mails", "status", "check", "drill", "stop"})
    void the_demos_help_lists_every_command(String name) throws IOException {
        assertThat(Files.readString(HELP.resolve("demo.txt"))).contains("./demo " + name + " ");
    }

    @Test
    void the_help_of_drill_names_every_drill() throws IOException {
        assertThat(DRILL.matcher(Files.readString(HELP.resolve("drill.txt"))).results())
                .extracting(line -> line.group(1))
                .containsExactlyElementsOf(Drills.ALL.stream().map(Drill::name).toList());
    }

    private static Syntax syntax(String name) {
        Path folder = Path.of("target");
        return Demo.command(
                        Stream.of(name).filter(word -> !word.equals("demo")).toList(),
                        new Checkout(folder, folder))
                .syntax();
    }
}
