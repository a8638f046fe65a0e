package io.eventshop.proof.shop;

import io.eventshop.launcher.servers.Position;
import io.eventshop.proof.shop.HistoryEntry.CancellationAnswered;
import io.eventshop.proof.shop.HistoryEntry.CancellationAsked;
import io.eventshop.proof.shop.HistoryEntry.FaultBegan;
import io.eventshop.proof.shop.HistoryEntry.FaultEnded;
import io.eventshop.proof.shop.HistoryEntry.OrderAnswered;
import io.eventshop.proof.shop.HistoryEntry.OrderAsked;
import io.eventshop.proof.shop.HistoryEntry.OrderUnknown;
import io.eventshop.proof.shop.HistoryEntry.RecordInjected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What clients sent and were told, and what was broken when, in the order in which it was noted.
/// Any number of threads may note.
///
/// A question is noted before it is sent and its answer after it was received, so an order of the
/// shop whose question is missing here was made up by the shop.
///
/// With a file each entry is a line of JSON there at once: if this JVM dies, the next one goes on
/// from what the file says. A last line that is cut off is left out.
public final class History implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Clock clock;
    private final List<HistoryEntry> entries = new ArrayList<>();
    private final @Nullable Writer file;

    private History(Clock clock, List<HistoryEntry> earlier, @Nullable Writer file) {
        this.clock = clock;
        this.entries.addAll(earlier);
        this.file = file;
    }

    public static History inMemory(Clock clock) {
        return new History(clock, List.of(), null);
    }

    /// What a file says, to look at only: somebody else may be writing to it.
    public static History of(Path file, Clock clock) throws IOException {
        return new History(clock, read(file), null);
    }

    /// Goes on with what the file says, or begins it. One process at a time.
    public static History in(Path file, Clock clock) throws IOException {
        List<HistoryEntry> earlier = Files.exists(file) ? read(file) : List.of();
        // Written anew, so that a line that was cut off does not end up inside the next one.
        var lines = earlier.stream().map(JSON::writeValueAsString).toList();
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, lines);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        return new History(
                clock, earlier, Files.newBufferedWriter(file, StandardOpenOption.APPEND));
    }

    private static List<HistoryEntry> read(Path file) throws IOException {
        var entries = new ArrayList<HistoryEntry>();
        var lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            try {
                entries.add(JSON.readValue(lines.get(i), HistoryEntry.class));
            } catch (JacksonException e) {
                if (i < lines.size() - 1) {
                    throw new IOException("%s, line %d is no entry".formatted(file, i + 1), e);
                }
            }
        }
        return entries;
    }

    /// Before an attempt of a request with an `Idempotency-Key`.
    public void orderAsked(
            String key, String customerId, String email, Map<String, Integer> quantities) {
        note(new OrderAsked(clock.instant(), key, key, customerId, email, Map.copyOf(quantities)));
    }

    /// Before a request without a key, which is not to be repeated.
    ///
    /// @param request unique, for the answer to refer to
    public void orderAskedWithoutKey(
            String request, String customerId, String email, Map<String, Integer> quantities) {
        note(
                new OrderAsked(
                        clock.instant(), request, null, customerId, email, Map.copyOf(quantities)));
    }

    /// @param request the key, or the name of a request without one
    /// @param orderId null unless the status is 2xx, like the order's status
    public void orderAnswered(
            String request, int httpStatus, @Nullable UUID orderId, @Nullable String orderStatus) {
        note(new OrderAnswered(clock.instant(), request, httpStatus, orderId, orderStatus));
    }

    public void orderUnknown(String request, String why) {
        note(new OrderUnknown(clock.instant(), request, why));
    }

    public void cancellationAsked(UUID orderId) {
        note(new CancellationAsked(clock.instant(), orderId));
    }

    public void cancellationAnswered(UUID orderId, int httpStatus) {
        note(new CancellationAnswered(clock.instant(), orderId, httpStatus));
    }

    /// @param name the kind, e.g. `kill`
    /// @param target what it is done to, e.g. `order-service-1`
    /// @return the fault's id, for [#faultEnded]
    public String faultBegan(String name, String target) {
        var id = UUID.randomUUID().toString();
        note(new FaultBegan(clock.instant(), id, name, target));
        return id;
    }

    public void faultEnded(String id) {
        note(new FaultEnded(clock.instant(), id));
    }

    public void recordInjected(Position position, String why) {
        note(
                new RecordInjected(
                        clock.instant(), position.topic(), position.lane(), position.at(), why));
    }

    private synchronized void note(HistoryEntry entry) {
        entries.add(entry);
        if (file != null) {
            try {
                file.write(JSON.writeValueAsString(entry) + "\n");
                file.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("the history cannot be written", e);
            }
        }
    }

    /// A copy, in order.
    public synchronized List<HistoryEntry> entries() {
        return List.copyOf(entries);
    }

    <T extends HistoryEntry> List<T> all(Class<T> kind) {
        return entries().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public synchronized void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
