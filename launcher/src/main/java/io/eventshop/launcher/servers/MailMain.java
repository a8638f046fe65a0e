package io.eventshop.launcher.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;
import tools.jackson.databind.json.JsonMapper;

/// The child JVM's main class: takes every mail, keeps the last ones in memory, and shows them as
/// JSON under `/mails`, oldest first.
final class MailMain {

    /// A load test sends thousands; this many can be looked at and fit into the small heap.
    private static final int MAILS_MAX = 1_000;

    private static final int MAIL_BYTES_MAX = 64 * 1024;
    private static final int CONNECTIONS_MAX = 50;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Deque<Mail> mails = new ArrayDeque<>();

    private MailMain() {}

    /// @param arguments the SMTP port and the HTTP port
    public static void main(String[] arguments) throws IOException {
        new MailMain().serve(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    }

    private void serve(int smtpPort, int httpPort) throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        var http = HttpServer.create(new InetSocketAddress(loopback, httpPort), 0);
        http.createContext("/mails", this::show);
        SMTPServer.port(smtpPort)
                .bindAddress(loopback)
                .maxConnections(CONNECTIONS_MAX)
                .maxMessageSize(MAIL_BYTES_MAX)
                .messageHandler(this::take)
                .build()
                .start();
        http.start(); // last: a failure above ends the JVM, as no thread holds it yet
    }

    private void take(MessageContext context, String from, String to, byte[] bytes)
            throws RejectException {
        Mail mail;
        try {
            mail = Mail.parse(Instant.now(), from, to, bytes);
        } catch (IllegalArgumentException e) {
            throw new RejectException(554, e.getMessage());
        }
        synchronized (mails) {
            mails.addLast(mail);
            if (mails.size() > MAILS_MAX) {
                mails.removeFirst();
            }
        }
    }

    private void show(HttpExchange exchange) throws IOException {
        try (exchange) {
            List<Mail> shown;
            synchronized (mails) {
                shown = List.copyOf(mails);
            }
            byte[] json = JSON.writeValueAsString(shown).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
        }
    }
}
