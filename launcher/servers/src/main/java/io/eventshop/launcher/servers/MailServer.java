package io.eventshop.launcher.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// An SMTP server that delivers nothing: it writes mails to a file, which stays when it stops.
public final class MailServer extends ServerProcess {

    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-Xmx96m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Dlogback.configurationFile=io/eventshop/launcher/servers/logback-server.xml");

    /// @param directory holds the log and the mails
    /// @param port where mails are sent to; 0 for any that is free
    public MailServer(Path directory, int port) {
        super("mail", directory, port);
    }

    /// Where the mails are.
    public MailFile file() {
        return MailFile.in(directory());
    }

    /// All mails that were ever received, oldest first.
    public List<Mail> mails() {
        try {
            return file().all();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    ChildProcess.Command prepare() {
        return new ChildProcess.Command(
                name(),
                JavaProgram.command(
                        MailMain.class,
                        JVM_OPTIONS,
                        List.of(Integer.toString(port()), file().path().toString())),
                Map.of(),
                directory(),
                Signal.TERM);
    }

    @Override
    boolean isReady() {
        return Ports.isOpen(port());
    }
}
