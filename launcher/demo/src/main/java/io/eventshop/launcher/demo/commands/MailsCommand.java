package io.eventshop.launcher.demo.commands;

import io.eventshop.launcher.demo.Arguments;
import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.demo.Refusal;
import io.eventshop.launcher.servers.Mail;
import io.eventshop.launcher.servers.MailFile;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// `./demo mails`: what the mail sink has received, whether or not the demo runs; the last
/// thousand.
public final class MailsCommand implements Command {

    private static final int SHOWN_MAX = 1_000;

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
        try {
            List<Mail> mails = MailFile.in(checkout.mails()).last(SHOWN_MAX);
            mails.forEach(this::print);
            console.print("%d mails".formatted(mails.isEmpty() ? 0 : mails.getLast().id()));
            return 0;
        } catch (IOException e) {
            throw Refusal.because("The mails cannot be read: %s.".formatted(e.getMessage()));
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
