package io.eventshop.launcher.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The options of one command as they were typed: `--name value`, `--name=value`, or a bare
/// `--flag`, and for some commands a word. What means nothing is refused, never ignored.
public final class Arguments {

    /// What a command understands.
    ///
    /// @param command as typed, empty for the start of the demo
    /// @param takesWord whether a word may stand among the options, as in `./demo drill poison`
    public record Syntax(
            String command, boolean takesWord, Set<String> options, Set<String> flags) {

        public Syntax(String command, Set<String> options, Set<String> flags) {
            this(command, false, options, flags);
        }

        String typed() {
            return command.isEmpty() ? "./demo" : "./demo " + command;
        }
    }

    private final Syntax syntax;
    private final Map<String, List<String>> values = new HashMap<>();
    private @Nullable String word;

    private Arguments(Syntax syntax) {
        this.syntax = syntax;
    }

    public static Arguments parse(Syntax syntax, List<String> words) {
        var arguments = new Arguments(syntax);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String name = word.startsWith("--") ? word.substring(2) : "";
            int equals = name.indexOf('=');
            if (syntax.takesWord() && arguments.word == null && !word.startsWith("--")) {
                arguments.word = word;
            } else if (syntax.flags().contains(name)) {
                arguments.add(name, "");
            } else if (equals > 0 && syntax.options().contains(name.substring(0, equals))) {
                arguments.add(name.substring(0, equals), name.substring(equals + 1));
            } else if (!syntax.options().contains(name)) {
                throw arguments.misuse("%s is not an option of %s".formatted(word, syntax.typed()));
            } else if (i + 1 == words.size() || words.get(i + 1).startsWith("--")) {
                throw arguments.misuse("%s needs a value".formatted(word));
            } else {
                arguments.add(name, words.get(++i));
            }
        }
        return arguments;
    }

    private void add(String name, String value) {
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /// Null if none was typed.
    public @Nullable String word() {
        return word;
    }

    /// All values of an option that may be repeated.
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /// The last value typed wins, as with most commands.
    public String text(String name, String otherwise) {
        return has(name) ? all(name).getLast() : otherwise;
    }

    public int number(String name, int otherwise, int min, int max) {
        if (!has(name)) {
            return otherwise;
        }
        String typed = all(name).getLast();
        try {
            int number = Integer.parseInt(typed);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, together with the range
        }
        throw misuse(
                "--%s wants a whole number from %d to %d, not %s".formatted(name, min, max, typed));
    }

    public int port(String name, int otherwise) {
        return number(name, otherwise, 1, 65_535);
    }

    public Duration seconds(String name, Duration otherwise) {
        return Duration.ofSeconds(number(name, (int) otherwise.toSeconds(), 1, 86_400));
    }

    /// A refusal that points to the command's help.
    public Refusal misuse(String sentence) {
        return Refusal.misuse("%s; %s --help says more.".formatted(sentence, syntax.typed()));
    }
}
