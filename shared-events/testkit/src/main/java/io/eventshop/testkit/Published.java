package io.eventshop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An event that a [Scenario] expects to lie in its topic.
public final class Published<E extends Event> {

    private final Class<E> type;
    private final @Nullable String aggregateId;
    private final int times;
    private final Consumer<E> details;

    private Published(Class<E> type, @Nullable String aggregateId, int times, Consumer<E> details) {
        this.type = type;
        this.aggregateId = aggregateId;
        this.times = times;
        this.details = details;
    }

    /// Exactly one event of this type, in its newest version.
    public static <E extends Event> Published<E> published(Class<E> type) {
        return new Published<>(type, null, 1, event -> {});
    }

    /// None. It is looked for once, so that something must have been waited for before, after which
    /// it would be there.
    public static <E extends Event> Published<E> notPublished(Class<E> type) {
        return new Published<>(type, null, 0, event -> {});
    }

    /// Only events about this aggregate count: the topic holds those of other tests too.
    public Published<E> about(Object aggregateId) {
        return new Published<>(type, aggregateId.toString(), times, details);
    }

    public Published<E> times(int times) {
        return new Published<>(type, aggregateId, times, details);
    }

    /// Each of them fulfils these assertions.
    public Published<E> satisfying(Consumer<E> details) {
        return new Published<>(type, aggregateId, times, this.details.andThen(details));
    }

    void check(Scenario scenario) {
        var found =
                scenario.published(type).stream()
                        .filter(event ->
                                aggregateId == null || aggregateId.equals(event.aggregateId()))
                        .toList();
        assertThat(found)
                .as("%s about %s", type.getSimpleName(), aggregateId == null ? "any" : aggregateId)
                .hasSize(times)
                .allSatisfy(details);
    }
}
