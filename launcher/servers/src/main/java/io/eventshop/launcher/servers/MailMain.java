package io.eventshop.launcher.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/// The child JVM's main class: takes every mail, and writes it to its [MailFile] before it answers.
final class MailMain {

    private static final int MAIL_BYTES_MAX = 64 * 1024;
    private static final int CONNECTIONS_MAX = 50;

    private final MailFile.Writer mails;

    private MailMain(MailFile.Writer mails) {
        this.mails = mails;
    }

    /// @param arguments the port and the file
    public static void main(String[] arguments) throws IOException {
        var file = new MailFile(Path.of(arguments[1]));
        new MailMain(new MailFile.Writer(file)).serve(Integer.parseInt(arguments[0]));
    }

    private void serve(int port) {
        SMTPServer.port(port)
                .bindAddress(InetAddress.getLoopbackAddress())
                .maxConnections(CONNECTIONS_MAX)
                .maxMessageSize(MAIL_BYTES_MAX)
                .messageHandler(this::take)
                .build()
                .start();
    }

    private void take(MessageContext context, String from, String to, byte[] bytes)
            throws RejectException {
        try {
            mails.write(Mail.parse(Instant.now(), from, to, bytes));
        } catch (IllegalArgumentException e) {
            throw new RejectException(554, e.getMessage());
        } catch (IOException e) {
            throw new RejectException(452, "the mail cannot be written down");
        }
    }
}
