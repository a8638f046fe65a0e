package io.eventshop.launcher.commands;

import io.eventshop.launcher.Arguments;
import io.eventshop.launcher.Checkout;
import io.eventshop.launcher.Console;
import io.eventshop.launcher.parts.DemoParts;
import io.eventshop.launcher.parts.DemoPorts;
import io.eventshop.launcher.parts.Instances;
import io.eventshop.launcher.parts.Preparation;
import io.eventshop.launcher.parts.PreparedService;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.launcher.supervision.CheckoutLock;
import io.eventshop.launcher.supervision.Leftovers;
import io.eventshop.launcher.supervision.Part;
import io.eventshop.launcher.supervision.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `./demo`: starts everything, says when it is ready, keeps it running until it is told to stop.
public final class StartCommand implements Command {

    private final Checkout checkout;
    private final Console console;

    public StartCommand(Checkout checkout, Console console) {
        this.checkout = checkout;
        this.console = console;
    }

    @Override
    public Arguments.Syntax syntax() {
        var options = new HashSet<>(DemoPorts.options());
        options.add("instances");
        return new Arguments.Syntax("", options, Set.of("fresh"));
    }

    @Override
    public int run(Arguments arguments) throws IOException, InterruptedException {
        DemoPorts ports = DemoPorts.from(arguments);
        Instances instances = Instances.from(arguments);
        Files.createDirectories(checkout.logs());

        try (var _ = CheckoutLock.take(checkout.lockFile())) {
            var stateFile = new StateFile(checkout.stateFile());
            clearLeftovers(stateFile);
            ports.refuseTaken();
            if (arguments.has("fresh")) {
                Trees.delete(checkout.data());
            }
            List<PreparedService> prepared = new Preparation(checkout, console).all();

            var demo = new RunningDemo(ports.asMap(), stateFile, console);
            Runtime.getRuntime().addShutdownHook(new Thread(demo::stop, "stop"));
            var parts = new DemoParts(checkout, ports);
            demo.start(
                    parts.postgres(),
                    List.of(parts.kafka(), parts.mail()),
                    services(parts, prepared, instances));
            demo.awaitReady(SeedItems.of(ports));
            console.print(Welcome.text(ports));
            demo.watch();
        }
        return 0;
    }

    private static List<Part> services(
            DemoParts parts, List<PreparedService> prepared, Instances instances) {
        return prepared.stream()
                .flatMap(service ->
                        parts.instances(service, instances.of(service.service())).stream())
                .toList();
    }

    private void clearLeftovers(StateFile stateFile) {
        stateFile
                .read()
                .map(Leftovers::clear)
                .filter(count -> count > 0)
                .ifPresent(count ->
                        console.say(
                                "ended %d processes that an earlier demo had left"
                                        .formatted(count)));
    }
}
