package io.eventshop.messaging.internal.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.eventshop.messaging.transport.Delivery;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Whoever looks for an order in the log finds what went wrong with it.
class NamedInLogTest {

    private static final UUID ORDER = UUID.randomUUID();
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final InboxFixture fixture = new InboxFixture();
    private final Arrivals arrivals = new Arrivals();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.eventshop.messaging");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void close() {
        logger.detachAppender(lines);
        fixture.close();
    }

    @Test
    void a_handler_runs_under_the_ids_of_its_event() {
        var seen = new HashMap<String, String>();
        fixture.before = _ -> seen.putAll(MDC.getCopyOfContextMap());
        var event = traced();

        fixture.receive(event);

        assertThat(seen).isEqualTo(ids(event));
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void every_line_about_a_dead_letter_and_its_followers_names_event_flow_order_and_trace() {
        fixture.before = _ -> throwing();
        var dead = traced();
        var follower = traced();

        fixture.receive(dead);
        fixture.receive(follower);
        var _ = fixture.desk.replay(InboxFixture.CONSUMER, Arrivals.id(dead), "ann");

        assertThat(lines.list)
                .filteredOn(line -> !line.getMessage().startsWith("audit:"))
                .extracting(ILoggingEvent::getMDCPropertyMap)
                .containsExactly(ids(dead), ids(dead), ids(follower), ids(dead));
    }

    @Test
    void an_event_that_has_to_wait_is_named() {
        fixture.before = _ -> fixture.jdbc.execute("select pg_terminate_backend(pg_backend_pid())");
        var event = traced();

        assertThatThrownBy(() -> fixture.receive(event)).isInstanceOf(RuntimeException.class);

        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getMDCPropertyMap)
                .isEqualTo(ids(event));
    }

    @Test
    void an_event_that_cannot_be_read_is_named_as_far_as_it_can_be() {
        var broken = arrivals.raw(ORDER.toString(), it -> it.remove("correlationid"), "{");

        fixture.receive(broken);

        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getMDCPropertyMap)
                .isEqualTo(
                        Map.of(
                                "eventId", Arrivals.id(broken).toString(),
                                "orderId", ORDER.toString()));
    }

    private Delivery traced() {
        return arrivals.with(
                ORDER,
                it -> {
                    it.put("correlationid", "flow-1");
                    it.put("traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-01");
                });
    }

    private static Map<String, String> ids(Delivery event) {
        return Map.of(
                "eventId",
                Arrivals.id(event).toString(),
                "correlationId",
                "flow-1",
                "orderId",
                ORDER.toString(),
                "traceId",
                TRACE_ID);
    }

    private static void throwing() {
        throw new IllegalStateException("as a test");
    }
}
