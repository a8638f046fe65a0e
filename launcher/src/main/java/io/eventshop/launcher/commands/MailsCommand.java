package io.eventshop.launcher.commands;

import io.eventshop.launcher.Arguments;
import io.eventshop.launcher.Checkout;
import io.eventshop.launcher.Console;
import io.eventshop.launcher.Refusal;
import io.eventshop.launcher.servers.Mail;
import io.eventshop.launcher.servers.MailServer;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// `./demo mails`: what the mail sink has received.
public final class MailsCommand implements Command {

    private final Checkout checkout;
    private final Console console;

    public MailsCommand(Checkout checkout, Console console) {
        this.checkout = checkout;
        this.console = console;
    }

    @Override
    public Arguments.Syntax syntax() {
        return new Arguments.Syntax("mails", Set.of(), Set.of());
    }

    @Override
    public int run(Arguments arguments) {
        Shop shop = Shop.running(checkout);
        try {
            List<Mail> mails = MailServer.mails(shop.mails());
            mails.forEach(this::print);
            console.print("%d mails".formatted(mails.size()));
            return 0;
        } catch (IOException e) {
            throw Refusal.because(
                    "The mail sink does not answer (%s); ./demo status says more.".formatted(e));
        }
    }

    private void print(Mail mail) {
        console.print(
                """
                %s  from %s to %s
                Subject: %s
                Message-ID: %s

                %s
                """
                        .formatted(
                                mail.receivedAt(),
                                mail.from(),
                                mail.to(),
                                mail.subject(),
                                mail.messageId(),
                                mail.text().strip().indent(2)));
    }
}
