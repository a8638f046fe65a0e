package io.eventshop.launcher.commands;

import io.eventshop.launcher.Arguments;
import io.eventshop.launcher.Checkout;
import io.eventshop.launcher.Console;
import io.eventshop.launcher.Refusal;
import io.eventshop.launcher.check.History;
import io.eventshop.launcher.check.ShopCheck;
import io.eventshop.launcher.check.Verdict;
import io.eventshop.launcher.servers.MailFile;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// `./demo check`: whether the running demo has kept its promises until now.
public final class CheckCommand implements Command {

    private static final Duration LIMIT = Duration.ofMinutes(1);

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
        Duration limit = arguments.seconds("limit", LIMIT);
        Shop shop = Shop.running(checkout);
        try {
            ShopCheck check = check(shop);
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
            throw Refusal.because(
                    "The demo cannot be checked: %s; ./demo status says more."
                            .formatted(e.getMessage()));
        }
    }

    /// What somebody has put into the topics himself is in the demo's own history.
    private ShopCheck check(Shop shop) throws IOException {
        var check =
                ShopCheck.of(shop.databases(), shop.bootstrapServers())
                        .withMails(MailFile.in(checkout.mails()))
                        .settledLettersAllowed()
                        .disturbedUntil(shop.state().changedAt());
        return Files.exists(checkout.history())
                ? check.withHistory(History.of(checkout.history(), console.clock()), false)
                : check;
    }
}
