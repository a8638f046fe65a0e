package io.eventshop.notifications;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A mail server that answers as it is told, as real ones do when they are full, picky or dying. It
/// takes every mail that no answer of the script refuses.
public final class ScriptedSmtpServer implements AutoCloseable {

    /// Instead of an answer: closes the connection.
    public static final String HANG_UP = "";

    /// Instead of an answer: says nothing for as long as the client cares to wait.
    public static final String SILENCE = "...";

    private final ServerSocket socket;
    private final Thread acceptor;
    private final Map<String, String> script = new ConcurrentHashMap<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    public ScriptedSmtpServer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        acceptor = Thread.startVirtualThread(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /// From now on, a line that starts so gets this answer. `GREETING` stands for the connection
    /// itself, `.` for the end of the mail.
    public void answer(String lineStart, String answer) {
        script.put(lineStart, answer);
    }

    public void behave() {
        script.clear();
    }

    /// The mails that were taken, headers and all.
    public List<String> mails() {
        return List.copyOf(mails);
    }

    /// Every line that was ever heard, apart from those of mails.
    public List<String> commands() {
        return List.copyOf(commands);
    }

    /// Those to one recipient.
    public List<String> mailsTo(String recipient) {
        return mails.stream().filter(mail -> mail.contains("\nTo: " + recipient + "\n")).toList();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.startVirtualThread(() -> converse(client));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void converse(Socket client) {
        try (client;
                var in =
                        new BufferedReader(
                                new InputStreamReader(
                                        client.getInputStream(), StandardCharsets.UTF_8))) {
            var out = client.getOutputStream();
            if (!say(out, answerTo("GREETING", "220 ready"))) {
                return;
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                commands.add(line);
                if (!say(out, answerTo(line, line.startsWith("DATA") ? "354 go on" : "250 ok"))) {
                    return;
                }
                if (line.startsWith("DATA") && !script.containsKey("DATA") && !take(in, out)) {
                    return;
                }
            }
        } catch (IOException _) {
            // The client went away.
        }
    }

    private boolean take(BufferedReader in, OutputStream out) throws IOException {
        var mail = new StringBuilder();
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                return false;
            }
            mail.append(line).append('\n');
        }
        String answer = answerTo(".", "250 taken");
        if (answer.startsWith("250") || answer.equals(HANG_UP)) {
            mails.add(mail.toString());
        }
        return say(out, answer);
    }

    private String answerTo(String line, String usual) {
        return script.entrySet().stream()
                .filter(entry -> line.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findAny()
                .orElse(usual);
    }

    private static boolean say(OutputStream out, String answer) throws IOException {
        if (answer.equals(HANG_UP)) {
            return false;
        }
        if (!answer.equals(SILENCE)) {
            out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
        return true;
    }

    /// Returns when nobody can connect any more: the socket listens until its last user has left.
    @Override
    public void close() {
        try {
            socket.close();
            acceptor.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
