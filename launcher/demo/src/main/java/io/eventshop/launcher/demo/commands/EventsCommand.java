package io.eventshop.launcher.demo.commands;

import io.eventshop.launcher.demo.Arguments;
import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.demo.Refusal;
import io.eventshop.launcher.demo.client.DemoShop;
import io.eventshop.launcher.servers.EventLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// `./demo events`: what is on Kafka, from the beginning; with `--follow` also what comes.
public final class EventsCommand implements Command {

    private static final String TOPICS_END_WITH = ".events";
    private static final Duration POLL = Duration.ofMillis(500);

    private static final Duration BROKER_ANSWERS_WITHIN = Duration.ofSeconds(5);

    /// Partitions are read one after the other; sorting makes one story of them. This many lines
    /// are sorted at a time, which takes about 60 MB.
    private static final int SORTED_LINES_MAX = 100_000;

    private final Checkout checkout;
    private final Console console;

    public EventsCommand(Checkout checkout, Console console) {
        this.checkout = checkout;
        this.console = console;
    }

    @Override
    public Arguments.Syntax syntax() {
        return new Arguments.Syntax("events", Set.of("order"), Set.of("follow"));
    }

    @Override
    public int run(Arguments arguments) {
        DemoShop shop = DemoShop.running(checkout);
        var filter = new EventFilter(arguments.text("order", ""));
        try (var log = EventLog.kafka(shop.bootstrapServers(), BROKER_ANSWERS_WITHIN);
                var reader = log.fromBeginning(log.topics(TOPICS_END_WITH))) {
            console.print(EventLine.heading());
            printWhatIsThere(reader, filter);
            while (arguments.has("follow")) {
                print(reader.next(POLL).stream().map(EventLine::of).toList(), filter);
            }
            return 0;
        } catch (IOException e) {
            throw Refusal.because("%s; ./demo status says more.".formatted(e.getMessage()));
        }
    }

    private void printWhatIsThere(EventLog.Reader reader, EventFilter filter) throws IOException {
        var lines = new ArrayList<EventLine>();
        reader.readToEnd(event -> {
            lines.add(EventLine.of(event));
            if (lines.size() >= SORTED_LINES_MAX) {
                print(lines, filter);
                lines.clear();
            }
        });
        print(lines, filter);
    }

    private void print(List<EventLine> lines, EventFilter filter) {
        lines.stream()
                .sorted(Comparator.comparingLong(EventLine::appendedAtMillis))
                .filter(filter::admits)
                .forEach(line -> console.print(line.toString()));
    }
}
