package io.eventshop.proof.drills;

import io.eventshop.launcher.demo.Refusal;
import io.eventshop.launcher.demo.supervision.DemoState;
import io.eventshop.launcher.demo.supervision.PartState;
import io.eventshop.launcher.demo.supervision.PartState.Status;
import io.eventshop.launcher.demo.supervision.StateFile;
import io.eventshop.launcher.servers.Signal;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.drills.Repairs.Repair;
import io.eventshop.proof.shop.History;
import io.eventshop.proof.shop.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The processes of the demo, and what can be done to them. They are looked up anew each time: a
/// part that died is another process when it is back.
final class Parts {

    /// A service takes 5 to 15 s on two cores; after three deaths in a row it waits 10 s besides.
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private static final Duration STILL_WITHIN = Duration.ofSeconds(5);

    private final StateFile stateFile;
    private final Repairs repairs;
    private final History history;
    private final List<String> killed = new ArrayList<>();

    Parts(StateFile stateFile, Repairs repairs, History history) {
        this.stateFile = stateFile;
        this.repairs = repairs;
        this.history = history;
    }

    DemoState state() {
        return stateFile
                .read()
                .orElseThrow(() -> Refusal.because("The demo does not run; ./demo starts it."));
    }

    /// All instances of a service, the first one first.
    List<PartState> of(Service service) {
        return named(service.name());
    }

    List<PartState> kafka() {
        return named("kafka");
    }

    private List<PartState> named(String name) {
        return state().parts().stream()
                .filter(part -> part.name().matches(name + "(-\\d+)?"))
                .toList();
    }

    /// Lets parts stand still that do not know it: their connections stay, they answer nobody.
    ///
    /// @return to be closed when they may go on
    List<Repair> pause(List<PartState> parts) throws InterruptedException {
        var paused = new ArrayList<Repair>();
        for (PartState part : parts) {
            paused.add(pause(part));
        }
        return paused;
    }

    /// Returns when it really stands still: on a busy machine some of its threads go on for a
    /// moment after the signal was sent.
    private Repair pause(PartState part) throws InterruptedException {
        long pid = process(part).pid();
        String fault = history.faultBegan("pause", part.name());
        Repair paused =
                repairs.breaking(
                        () -> Signal.STOP.send(pid),
                        () -> {
                            Signal.CONT.send(pid);
                            history.faultEnded(fault);
                        });
        if (!Patience.until(STILL_WITHIN, () -> standsStill(pid))) {
            throw Refusal.because("%s cannot be stopped.".formatted(part.name()));
        }
        return paused;
    }

    private static boolean standsStill(long pid) throws IOException, InterruptedException {
        var ps = new ProcessBuilder("ps", "-o", "stat=", "-p", Long.toString(pid)).start();
        var state = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return ps.waitFor() == 0 && state.strip().startsWith("T");
    }

    /// `kill -9`; the launcher starts them again. Returns when they are gone.
    void kill(List<PartState> parts) {
        var processes = new ArrayList<ProcessHandle>();
        for (PartState part : parts) {
            processes.add(process(part));
            killed.add(history.faultBegan("kill", part.name()));
        }
        processes.forEach(process -> Signal.KILL.send(process.pid()));
        processes.forEach(process -> process.onExit().join());
    }

    private static ProcessHandle process(PartState part) {
        return running(part)
                .orElseThrow(() ->
                        Refusal.because(
                                "%s does not run; ./demo status says more."
                                        .formatted(part.name())));
    }

    private static Optional<ProcessHandle> running(PartState part) {
        var process = part.process();
        return process == null ? Optional.empty() : process.running();
    }

    void awaitReady() throws InterruptedException {
        boolean ready =
                Patience.until(
                        READY_WITHIN,
                        () ->
                                state().parts().stream()
                                        .allMatch(part ->
                                                part.status() == Status.READY
                                                        && running(part).isPresent()));
        if (!ready) {
            throw Refusal.because("Not all parts of the demo are ready; ./demo status says more.");
        }
        killed.forEach(history::faultEnded);
        killed.clear();
    }

    /// In case that an earlier drill has ended by `kill -9`. Does nothing to who runs.
    void letAllGoOn() {
        state().parts().stream()
                .flatMap(part -> running(part).stream())
                .forEach(process -> Signal.CONT.send(process.pid()));
    }
}
