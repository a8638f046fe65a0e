package io.eventshop.proof.drills;

import io.eventshop.launcher.demo.Arguments;
import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.demo.Refusal;
import io.eventshop.launcher.demo.client.DemoShop;
import io.eventshop.launcher.demo.commands.Command;
import io.eventshop.launcher.demo.commands.CommandProvider;
import io.eventshop.proof.check.CheckCommand;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Set;
import tools.jackson.core.JacksonException;

/// `./demo drill`: breaks the running demo on purpose, shows what comes of it, and checks it.
public final class DrillCommand implements Command {

    private final Checkout checkout;
    private final Console console;

    public DrillCommand(Checkout checkout, Console console) {
        this.checkout = checkout;
        this.console = console;
    }

    @Override
    public Arguments.Syntax syntax() {
        return new Arguments.Syntax("drill", true, Set.of(), Set.of("list"));
    }

    @Override
    public int run(Arguments arguments) throws IOException, InterruptedException {
        if (arguments.has("list")) {
            Drills.ALL.forEach(
                    drill -> console.print("%-20s  %s".formatted(drill.name(), drill.breaks())));
            return 0;
        }
        Drill drill = drill(arguments);
        DemoShop demo = DemoShop.running(checkout);
        try (var _ = lock()) {
            introduce(drill);
            var check = new CheckCommand(checkout, console);
            try (var bench = new Bench(checkout, demo, check, console)) {
                return perform(drill, bench, check);
            }
        } catch (SQLException | IOException | JacksonException e) {
            throw Refusal.because(
                    "The drill cannot go on: %s; ./demo status says more."
                            .formatted(e.getCause() == null ? e : e.getCause()));
        }
    }

    private static Drill drill(Arguments arguments) {
        String name = arguments.word();
        if (name == null) {
            throw arguments.misuse("Which drill? ./demo drill --list names them");
        }
        return Drills.named(name)
                .orElseThrow(() ->
                        Refusal.misuse(
                                "%s is not a drill; ./demo drill --list names them."
                                        .formatted(name)));
    }

    private FileChannel lock() throws IOException {
        var channel =
                FileChannel.open(
                        checkout.drillLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw Refusal.because("Another drill is under way.");
        }
        return channel;
    }

    private void introduce(Drill drill) {
        console.print(
                """
                Drill %s

                Breaks: %s

                Stands for: %s
                """
                        .formatted(drill.name(), drill.breaks(), drill.standsFor()));
    }

    private int perform(Drill drill, Bench bench, CheckCommand check)
            throws IOException, SQLException, InterruptedException {
        String seen = drill.run(bench);

        console.print("%nCheck of what has come since".formatted());
        int checked = check.since(bench.before());
        boolean good = bench.allKept() && checked == 0;
        console.print(
                good
                        ? "%nWhat you saw: %s".formatted(seen)
                        : "%nWhat you saw: not what was promised; see above.".formatted());
        return good ? 0 : 1;
    }

    /// Adds the command to the demo.
    public static final class Provider implements CommandProvider {

        @Override
        public String name() {
            return "drill";
        }

        @Override
        public Command command(Checkout checkout, Console console) {
            return new DrillCommand(checkout, console);
        }
    }
}
