package io.eventshop.launcher.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.demo.Arguments.Syntax;
import io.eventshop.launcher.services.Service;
import io.eventshop.launcher.services.Sources;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The script shows the help without Java, from text files and from what services say; so it can
/// differ from the code.
class HelpTest {

    private static final Pattern OPTION = Pattern.compile("(?m)^  --([a-z-]+)");

    @ParameterizedTest
    @ValueSource(strings = {"", "order", "load", "events", "mails", "status", "servers", "stop"})
    void the_help_of_a_command_lists_exactly_its_options(String name) throws Exception {
        Set<String> listed =
                OPTION.matcher(help(name))
                        .results()
                        .map(option -> option.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));

        Syntax syntax = syntax(name);
        var understood = new TreeSet<>(syntax.options());
        understood.addAll(syntax.flags());
        assertThat(listed).isEqualTo(understood);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "load", "events", "mails", "status", "servers", "stop"})
    void the_demos_help_lists_every_command(String name) throws Exception {
        assertThat(help("")).contains("./demo " + name + " ");
    }

    @Test
    void the_demos_help_tells_each_services_usual_ports() throws Exception {
        for (Service service : Service.in(Sources.root())) {
            assertThat(help(""))
                    .containsPattern(
                            "--%s-port <port> +%d +%s"
                                    .formatted(service.database(), service.port(), service))
                    .containsPattern(
                            "--%s-management-port <port> +%d"
                                    .formatted(service.database(), service.managementPort()));
        }
    }

    private static String help(String name) throws IOException, InterruptedException {
        var demo =
                new ProcessBuilder(
                                name.isEmpty()
                                        ? List.of("bash", "demo", "--help")
                                        : List.of("bash", "demo", name, "--help"))
                        .directory(Sources.root().toFile())
                        .redirectErrorStream(true)
                        .start();
        String help = new String(demo.getInputStream().readAllBytes(), UTF_8);
        assertThat(demo.waitFor()).as(help).isZero();
        return help;
    }

    private static Syntax syntax(String name) {
        return Demo.command(
                        name.isEmpty() ? List.of() : List.of(name),
                        new Checkout(Sources.root(), Sources.root().resolve("target")))
                .syntax();
    }
}
