package io.eventshop.launcher.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// All mails that a sink has ever taken, a JSON object of [Mail] on each line, oldest first.
/// Outlives the sink: a mail is in it before its sender is told that it was taken.
public record MailFile(Path path) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// @param directory of the sink
    public static MailFile in(Path directory) {
        return new MailFile(directory.resolve("mails.jsonl"));
    }

    /// All mails; none if there is no file yet.
    ///
    /// @throws IOException if it cannot be read, or somebody else has written to it
    public List<Mail> all() throws IOException {
        var all = new ArrayList<Mail>();
        forEach(all::add);
        return all;
    }

    /// The newest, oldest first.
    ///
    /// @throws IOException as for [#all]
    public List<Mail> last(int countMax) throws IOException {
        var last = new ArrayDeque<Mail>();
        forEach(mail -> {
            last.addLast(mail);
            if (last.size() > countMax) {
                last.removeFirst();
            }
        });
        return List.copyOf(last);
    }

    /// A line that is being written just now is not there yet.
    private void forEach(Consumer<Mail> action) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (var lines = Files.newBufferedReader(path, UTF_8)) {
            for (String line = lines.readLine(); line != null; ) {
                String next = lines.readLine();
                try {
                    action.accept(JSON.readValue(line, Mail.class));
                } catch (JacksonException e) {
                    if (next != null) {
                        throw new IOException(path + " has a line that is no mail", e);
                    }
                }
                line = next;
            }
        }
    }

    /// Adds mails at the end, from several threads, until the process ends.
    static final class Writer {

        private final FileChannel file;
        private long last;

        /// Goes on behind the last whole line: what a killed sink had begun was never answered.
        Writer(MailFile mails) throws IOException {
            file =
                    FileChannel.open(
                            mails.path(),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            file.truncate(endOfLastLine());
            file.position(file.size());
            last = mails.last(1).stream().mapToLong(Mail::id).findAny().orElse(0);
        }

        private long endOfLastLine() throws IOException {
            var one = ByteBuffer.allocate(1);
            for (long end = file.size(); end > 0; end--) {
                file.read(one.clear(), end - 1);
                if (one.get(0) == '\n') {
                    return end;
                }
            }
            return 0;
        }

        /// @param mail gets the next number
        /// @throws IOException if it is not written; then nothing is
        synchronized void write(Mail mail) throws IOException {
            long end = file.size();
            var line =
                    ByteBuffer.wrap(
                            (JSON.writeValueAsString(mail.numbered(last + 1)) + "\n")
                                    .getBytes(UTF_8));
            try {
                while (line.hasRemaining()) {
                    var _ = file.write(line);
                }
            } catch (IOException e) {
                file.truncate(end);
                throw e;
            }
            last++;
        }
    }
}
