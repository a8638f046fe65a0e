package io.eventshop.proof.check;

import io.eventshop.launcher.demo.Arguments;
import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.demo.Refusal;
import io.eventshop.launcher.demo.client.DemoShop;
import io.eventshop.launcher.demo.commands.Command;
import io.eventshop.launcher.demo.commands.CommandProvider;
import io.eventshop.launcher.servers.MailFile;
import io.eventshop.proof.shop.History;
import io.eventshop.proof.shop.RunningShop;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// `./demo check`: whether the running demo has kept its promises until now.
public final class CheckCommand implements Command {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    /// A mail that is tried again in an hour does not move, and need not be waited for.
    private static final Duration STUCK_AFTER = Duration.ofSeconds(5);

    private static final int SHOWN_MAX = 20;

    private final Checkout checkout;
    private final Console console;

    public CheckCommand(Checkout checkout, Console console) {
        this.checkout = checkout;
        this.console = console;
    }

    @Override
    public Arguments.Syntax syntax() {
        return new Arguments.Syntax("check", Set.of("limit"), Set.of());
    }

    @Override
    public int run(Arguments arguments) throws InterruptedException {
        return run(arguments.seconds("limit", LIMIT), Before.NOTHING);
    }

    /// What is wrong or on its way already; says so, unless it is nothing.
    public Before before() throws InterruptedException {
        DemoShop demo = DemoShop.running(checkout);
        try {
            Before before = check(demo).before(LIMIT, STUCK_AFTER, console::say);
            if (!before.isNothing()) {
                console.print("Before: this was so already, and is not judged again");
                before.restless().forEach(sentence -> console.print("  " + sentence));
                before.findings().stream()
                        .limit(SHOWN_MAX)
                        .forEach(finding -> console.print("  " + finding));
                console.print("");
            }
            return before;
        } catch (SQLException | IOException e) {
            throw cannotCheck(e);
        }
    }

    /// Judges what has come since.
    public int since(Before before) throws InterruptedException {
        return run(LIMIT, before);
    }

    private int run(Duration limit, Before before) throws InterruptedException {
        DemoShop demo = DemoShop.running(checkout);
        try {
            ShopCheck check = check(demo).since(before);
            List<String> restless = check.awaitQuiet(limit, limit, console::say);
            if (!restless.isEmpty()) {
                console.say(
                        "not at rest after %d s: %s; what is on its way counts as lost"
                                .formatted(limit.toSeconds(), String.join("; ", restless)));
            }
            Verdict verdict = check.verdict();
            console.print(verdict.toString());
            return verdict.isClean() && restless.isEmpty() ? 0 : 1;
        } catch (SQLException | IOException e) {
            throw cannotCheck(e);
        }
    }

    private static Refusal cannotCheck(Exception e) {
        return Refusal.because(
                "The demo cannot be checked: %s; ./demo status says more."
                        .formatted(e.getMessage()));
    }

    /// What somebody has put into the topics himself is in the demo's own history.
    private ShopCheck check(DemoShop demo) throws IOException {
        var check =
                ShopCheck.of(RunningShop.of(demo, MailFile.in(checkout.mails())))
                        .settledLettersAllowed()
                        .disturbedUntil(demo.state().changedAt());
        return Files.exists(checkout.history())
                ? check.withHistory(History.of(checkout.history(), console.clock()), false)
                : check;
    }

    /// Adds the command to the demo.
    public static final class Provider implements CommandProvider {

        @Override
        public String name() {
            return "check";
        }

        @Override
        public Command command(Checkout checkout, Console console) {
            return new CheckCommand(checkout, console);
        }
    }
}
