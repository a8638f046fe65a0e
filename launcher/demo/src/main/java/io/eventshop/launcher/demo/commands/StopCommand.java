package io.eventshop.launcher.demo.commands;

import io.eventshop.launcher.demo.Arguments;
import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.demo.Refusal;
import io.eventshop.launcher.demo.client.DemoShop;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// `./demo stop`: what Ctrl-C does, from another terminal.
public final class StopCommand implements Command {

    /// Longer than the demo itself takes at most.
    private static final int PATIENCE_SECONDS = 25;

    private final Checkout checkout;
    private final Console console;

    public StopCommand(Checkout checkout, Console console) {
        this.checkout = checkout;
        this.console = console;
    }

    @Override
    public Arguments.Syntax syntax() {
        return new Arguments.Syntax("stop", Set.of(), Set.of());
    }

    @Override
    public int run(Arguments arguments) {
        ProcessHandle launcher =
                DemoShop.running(checkout)
                        .state()
                        .launcher()
                        .running()
                        .orElseThrow(() -> Refusal.because("The demo has just ended."));
        console.say("stopping the demo (process %d)".formatted(launcher.pid()));
        if (!launcher.destroy()) {
            throw Refusal.because(
                    "The demo (process %d) belongs to another user.".formatted(launcher.pid()));
        }
        boolean ended =
                launcher.onExit()
                        .thenApply(_ -> true)
                        .completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .join();
        if (!ended) {
            throw Refusal.because("The demo did not end within %d s.".formatted(PATIENCE_SECONDS));
        }
        console.say("stopped");
        return 0;
    }
}
