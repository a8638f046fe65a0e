package io.eventshop.launcher.commands;

import io.eventshop.launcher.Arguments;
import io.eventshop.launcher.Checkout;
import io.eventshop.launcher.Console;
import io.eventshop.launcher.Refusal;
import io.eventshop.launcher.drills.Bench;
import io.eventshop.launcher.drills.Drill;
import io.eventshop.launcher.drills.Drills;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
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
        Shop shop = Shop.running(checkout);
        try (var _ = lock();
                var bench = new Bench(checkout, shop.databases(), console)) {
            return perform(drill, bench);
        } catch (SQLException | IOException | KafkaException | JacksonException e) {
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

    private int perform(Drill drill, Bench bench)
            throws IOException, SQLException, InterruptedException {
        console.print(
                """
                Drill %s

                Breaks: %s

                Stands for: %s
                """
                        .formatted(drill.name(), drill.breaks(), drill.standsFor()));
        String seen = drill.run(bench);

        var check = new CheckCommand(checkout, console);
        console.print("%nCheck of the whole demo".formatted());
        int checked = check.run(Arguments.parse(check.syntax(), List.of()));
        boolean good = bench.allKept() && checked == 0;
        console.print(
                good
                        ? "%nWhat you saw: %s".formatted(seen)
                        : "%nWhat you saw: not what was promised; see above.".formatted());
        return good ? 0 : 1;
    }
}
