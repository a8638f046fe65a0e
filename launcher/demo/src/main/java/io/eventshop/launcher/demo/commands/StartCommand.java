package io.eventshop.launcher.demo.commands;

import io.eventshop.launcher.demo.Arguments;
import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.demo.client.SeedItems;
import io.eventshop.launcher.demo.parts.DemoParts;
import io.eventshop.launcher.demo.parts.DemoPorts;
import io.eventshop.launcher.demo.parts.Instances;
import io.eventshop.launcher.demo.parts.Preparation;
import io.eventshop.launcher.demo.parts.PreparedService;
import io.eventshop.launcher.demo.supervision.CheckoutLock;
import io.eventshop.launcher.demo.supervision.Part;
import io.eventshop.launcher.demo.supervision.StateFile;
import io.eventshop.launcher.servers.Orphans;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.launcher.services.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `./demo`: starts everything, says when it is ready, keeps it running until it is told to stop.
/// `./demo servers` leaves the services to somebody else, who has them in an IDE.
public final class StartCommand implements Command {

    private final Checkout checkout;
    private final Console console;
    private final boolean withServices;

    private StartCommand(Checkout checkout, Console console, boolean withServices) {
        this.checkout = checkout;
        this.console = console;
        this.withServices = withServices;
    }

    public static StartCommand ofAll(Checkout checkout, Console console) {
        return new StartCommand(checkout, console, true);
    }

    public static StartCommand ofServers(Checkout checkout, Console console) {
        return new StartCommand(checkout, console, false);
    }

    @Override
    public Arguments.Syntax syntax() {
        List<Service> services = withServices ? checkout.services() : List.of();
        var options = new HashSet<>(DemoPorts.usual(services).keySet());
        if (withServices) {
            options.add("instances");
        }
        return new Arguments.Syntax(withServices ? "" : "servers", options, Set.of("fresh"));
    }

    @Override
    public int run(Arguments arguments) throws IOException, InterruptedException {
        List<Service> services = checkout.services();
        DemoPorts ports = DemoPorts.from(arguments, services);
        Instances instances = Instances.from(arguments, services);
        Files.createDirectories(checkout.logs());

        try (var _ = CheckoutLock.take(checkout.lockFile())) {
            clearOrphans();
            ports.refuseTaken(withServices ? services : List.of());
            if (arguments.has("fresh")) {
                Trees.delete(checkout.data());
            }
            List<PreparedService> prepared =
                    withServices ? new Preparation(checkout, console).all() : List.of();

            var demo = new RunningDemo(ports.asMap(), new StateFile(checkout.stateFile()), console);
            Runtime.getRuntime().addShutdownHook(new Thread(demo::stop, "stop"));
            var parts = new DemoParts(checkout, ports);
            demo.start(
                    parts.postgres(),
                    List.of(parts.kafka(), parts.mail()),
                    services(parts, prepared, instances));
            if (withServices) {
                demo.awaitReady(SeedItems.of(ports::get, services)::areKnown);
                console.print(Welcome.text(ports, services));
            } else {
                demo.awaitReady(() -> true);
                console.print(Welcome.toServers(ports, services));
            }
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

    private void clearOrphans() throws IOException {
        int ended = Orphans.endBelow(checkout.runDirectory());
        if (ended > 0) {
            console.say("ended %d processes that an earlier demo had left".formatted(ended));
        }
    }
}
