package io.eventshop.proof.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.demo.Arguments.Syntax;
import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.demo.commands.CommandProvider;
import io.eventshop.proof.shop.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The script shows the help of the commands that proofs add to the demo; so it can differ from the
/// code.
class HelpTest {

    private static final Pattern OPTION = Pattern.compile("(?m)^  --([a-z-]+)");

    /// A line that begins with a name.
    private static final Pattern DRILL = Pattern.compile("(?m)^  ([a-z][a-z-]+)  ");

    @ParameterizedTest
    @CsvSource({"check, check", "drills, drill"})
    void the_help_of_a_command_lists_exactly_its_options(String module, String name)
            throws IOException {
        Set<String> listed =
                OPTION.matcher(help(module, name))
                        .results()
                        .map(option -> option.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));

        Syntax syntax = syntax(name);
        var understood = new TreeSet<>(syntax.options());
        understood.addAll(syntax.flags());
        assertThat(listed).isEqualTo(understood);
    }

    @Test
    void the_help_of_drill_names_every_drill() throws IOException {
        assertThat(DRILL.matcher(help("drills", "drill")).results())
                .extracting(line -> line.group(1))
                .containsExactlyElementsOf(Drills.ALL.stream().map(Drill::name).toList());
    }

    private static String help(String module, String name) throws IOException {
        return Files.readString(
                Services.root().resolve("proof/%s/src/main/help/%s.txt".formatted(module, name)));
    }

    private static Syntax syntax(String name) {
        var checkout = new Checkout(Services.root(), Services.root().resolve("target"));
        return ServiceLoader.load(CommandProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow()
                .command(checkout, new Console(System.out, Clock.systemUTC()))
                .syntax();
    }
}
