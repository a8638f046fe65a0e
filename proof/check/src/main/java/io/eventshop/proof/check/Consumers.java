package io.eventshop.proof.check;

import io.eventshop.launcher.servers.EventLog;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.shop.Services;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How far the consumers of the services have come in their topics.
public final class Consumers implements AutoCloseable {

    /// Who has to read what, as the services say. A group that has never committed anything is not
    /// in the broker's list.
    private static final List<Service.Consumer> ALL =
            Services.ALL.stream().flatMap(service -> service.consumers().stream()).toList();

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final EventLog log;

    public Consumers(String bootstrapServers) {
        this.log = EventLog.kafka(bootstrapServers, ANSWER_WITHIN);
    }

    /// @param lagging a sentence for each consumer that has not read everything
    /// @param state changes whenever something is published or read
    public record Progress(List<String> lagging, String state) {}

    /// @throws IOException if the broker does not answer
    public Progress progress() throws IOException {
        var lagging = new ArrayList<String>();
        var state = new StringBuilder();
        for (var consumer : ALL) {
            var progress = log.progress(consumer.group(), consumer.topics());
            if (progress.behind() > 0) {
                lagging.add(
                        "%s is %d records behind in %s"
                                .formatted(
                                        consumer.group(),
                                        progress.behind(),
                                        String.join(", ", consumer.topics())));
            }
            state.append(progress.state()).append(' ');
        }
        return new Progress(lagging, state.toString());
    }

    @Override
    public void close() {
        log.close();
    }
}
