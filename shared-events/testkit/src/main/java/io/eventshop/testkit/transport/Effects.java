package io.eventshop.testkit.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.eventshop.messaging.transport.BatchHandler;
import io.eventshop.messaging.transport.Delivery;
import io.eventshop.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the instances of a service have done, in the order in which they did it: one file to which
/// all of them append, also those in other JVMs. It stands for the inbox's tables, but keeps
/// duplicates, so that these can be counted.
record Effects(Path file) {

    /// A failure has to end; nothing that works takes this long.
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /// One record that one instance has dealt with.
    record Effect(String instance, Numbered record) {

        private static Effect of(String line) {
            String[] parts = line.split(" ", 3);
            return new Effect(parts[0], new Numbered(parts[1], Integer.parseInt(parts[2])));
        }
    }

    /// Deals with whatever comes.
    BatchHandler recorder(String instance) {
        return batch -> {
            add(instance, batch);
            return Optional.empty();
        };
    }

    /// In one write, behind all that is there: the system calls of several JVMs do not mix.
    void add(String instance, List<Delivery> batch) {
        String lines =
                batch.stream()
                        .map(Numbered::of)
                        .map(one -> "%s %s %d\n".formatted(instance, one.key(), one.number()))
                        .collect(Collectors.joining());
        try (var channel = FileChannel.open(file, CREATE, APPEND)) {
            int _ = channel.write(ByteBuffer.wrap(lines.getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Effect> all() {
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            var text = Files.readString(file);
            var complete = text.substring(0, text.lastIndexOf('\n') + 1);
            return complete.lines().map(Effect::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Numbered> of(String instance) {
        return all().stream()
                .filter(effect -> effect.instance().equals(instance))
                .map(Effect::record)
                .toList();
    }

    FirstSights firstSights() {
        return FirstSights.of(all().stream().map(Effect::record).toList());
    }

    /// Waits until each key was seen up to this number, and fails at once if one overtakes another
    /// of its key.
    void awaitComplete(Map<String, Integer> last) {
        Eventually.await("all of " + last.size() + " keys")
                .atMost(LIMIT)
                .until(() -> {
                    var seen = firstSights();
                    seen.assertPrefixes();
                    return seen.reach(last);
                });
        firstSights().assertComplete(last);
    }
}
