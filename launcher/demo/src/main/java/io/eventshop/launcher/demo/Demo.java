package io.eventshop.launcher.demo;

import io.eventshop.launcher.demo.commands.Command;
import io.eventshop.launcher.demo.commands.CommandProvider;
import io.eventshop.launcher.demo.commands.EventsCommand;
import io.eventshop.launcher.demo.commands.LoadCommand;
import io.eventshop.launcher.demo.commands.MailsCommand;
import io.eventshop.launcher.demo.commands.OrderCommand;
import io.eventshop.launcher.demo.commands.StartCommand;
import io.eventshop.launcher.demo.commands.StatusCommand;
import io.eventshop.launcher.demo.commands.StopCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.ServiceLoader;

/// The program behind the script `demo`.
public final class Demo {

    private Demo() {}

    public static void main(String[] words) {
        System.exit(run(List.of(words), Checkout.fromScript()));
    }

    private static int run(List<String> words, Checkout checkout) {
        try {
            Command command = command(words, checkout);
            List<String> options =
                    command.syntax().command().isEmpty() ? words : words.subList(1, words.size());
            return command.run(Arguments.parse(command.syntax(), options));
        } catch (Refusal e) {
            System.err.println(e.getMessage());
            return e.exitCode();
        } catch (IOException | UncheckedIOException e) {
            System.err.println("The demo cannot do that: " + e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    static Command command(List<String> words, Checkout checkout) {
        var console = new Console(System.out, Clock.system(ZoneId.systemDefault()));
        String name = words.isEmpty() || words.getFirst().startsWith("-") ? "" : words.getFirst();
        return switch (name) {
            case "" -> StartCommand.ofAll(checkout, console);
            case "servers" -> StartCommand.ofServers(checkout, console);
            case "order" -> new OrderCommand(checkout, console);
            case "load" -> new LoadCommand(checkout, console);
            case "events" -> new EventsCommand(checkout, console);
            case "mails" -> new MailsCommand(checkout, console);
            case "status" -> new StatusCommand(checkout, console);
            case "stop" -> new StopCommand(checkout, console);
            default -> further(name, checkout, console);
        };
    }

    /// A command that another module brings.
    private static Command further(String name, Checkout checkout, Console console) {
        for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
            if (provider.name().equals(name)) {
                return provider.command(checkout, console);
            }
        }
        throw Refusal.misuse("%s is not a command; ./demo --help lists them.".formatted(name));
    }
}
