package io.eventshop.launcher.demo.commands;

import io.eventshop.launcher.demo.Arguments;
import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.demo.client.DemoShop;
import io.eventshop.launcher.demo.supervision.PartState;
import io.eventshop.launcher.servers.ProcessId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// `./demo status`: each part with its process, port and status.
public final class StatusCommand implements Command {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Checkout checkout;
    private final Console console;

    public StatusCommand(Checkout checkout, Console console) {
        this.checkout = checkout;
        this.console = console;
    }

    @Override
    public Arguments.Syntax syntax() {
        return new Arguments.Syntax("status", Set.of(), Set.of("json"));
    }

    record Status(List<PartStatus> parts) {}

    record PartStatus(String name, @Nullable Long pid, int port, String status) {

        static PartStatus of(PartState part) {
            Long pid =
                    Optional.ofNullable(part.process())
                            .flatMap(ProcessId::running)
                            .map(ProcessHandle::pid)
                            .orElse(null);
            // The supervisor notes a death a moment after it has happened.
            String status =
                    part.status() == PartState.Status.READY && pid == null
                            ? "died"
                            : part.status().name().toLowerCase(Locale.ROOT);
            return new PartStatus(part.name(), pid, part.port(), status);
        }
    }

    @Override
    public int run(Arguments arguments) {
        List<PartStatus> parts =
                DemoShop.running(checkout).state().parts().stream().map(PartStatus::of).toList();
        if (arguments.has("json")) {
            console.print(JSON.writeValueAsString(new Status(parts)));
        } else {
            console.print("%-24s %8s %6s  %s".formatted("part", "pid", "port", "status"));
            for (PartStatus part : parts) {
                console.print(
                        "%-24s %8s %6d  %s"
                                .formatted(
                                        part.name(),
                                        part.pid() == null ? "-" : part.pid(),
                                        part.port(),
                                        part.status()));
            }
        }
        return 0;
    }
}
