package io.eventshop.launcher.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// An SMTP server that delivers nothing: it keeps the last mails in memory and shows them. They are
/// gone when it stops.
public final class MailServer extends ServerProcess {

    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-Xmx96m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Dlogback.configurationFile=io/eventshop/launcher/servers/logback-server.xml");

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private volatile int httpPort;

    /// @param directory holds the log
    /// @param port where mails are sent to; 0 for any that is free
    /// @param httpPort where they are shown; 0 for any that is free
    public MailServer(Path directory, int port, int httpPort) {
        super("mail", directory, port);
        this.httpPort = httpPort;
    }

    /// Where the mails are, as a JSON list of [Mail], oldest first.
    public URI mailsUri() {
        return mailsUri(httpPort);
    }

    /// The same, for a server that another JVM started.
    public static URI mailsUri(int httpPort) {
        return URI.create(
                "http://%s:%d/mails"
                        .formatted(InetAddress.getLoopbackAddress().getHostAddress(), httpPort));
    }

    /// The mails received since the start, oldest first; only the last thousand are kept.
    public List<Mail> mails() {
        try {
            return mails(mailsUri());
        } catch (IOException e) {
            throw new IllegalStateException("the mail sink does not show its mails", e);
        }
    }

    /// The same, for a server that another JVM started.
    ///
    /// @throws IOException if nobody answers there
    public static List<Mail> mails(URI uri) throws IOException {
        try (var client = HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build()) {
            var answer =
                    client.send(
                            HttpRequest.newBuilder(uri).timeout(ANSWER_LIMIT).build(),
                            HttpResponse.BodyHandlers.ofString());
            return JSON.readValue(answer.body(), new TypeReference<List<Mail>>() {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    ChildProcess.Command prepare() {
        if (httpPort == 0) {
            httpPort = Ports.free();
        }
        requireFree(httpPort);
        return new ChildProcess.Command(
                name(),
                JavaProgram.command(
                        MailMain.class,
                        JVM_OPTIONS,
                        List.of(Integer.toString(port()), Integer.toString(httpPort))),
                Map.of(),
                directory(),
                Signal.TERM);
    }

    @Override
    boolean isReady() {
        return Ports.isOpen(port()) && Ports.isOpen(httpPort);
    }
}
