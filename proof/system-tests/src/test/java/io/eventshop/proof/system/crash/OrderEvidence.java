package io.eventshop.proof.system.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.shop.Topics;
import io.eventshop.launcher.servers.WireRecord;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.shop.Services;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the databases and the topics say of one order.
final class OrderEvidence {

    private static final Pattern TYPE =
            Pattern.compile("org\\.eventshop\\.\\w+\\.([a-z-]+)\\.v\\d+");

    private final Scene scene;
    private final UUID order;

    OrderEvidence(Scene scene, UUID order) {
        this.scene = scene;
        this.order = order;
    }

    /// All services have heard of the order's end, and acted on it once.
    void assertEnded(End end) throws SQLException {
        assertThat(rows(Services.ORDER, "select status from orders where id = '%s'"))
                .as("order %s", order)
                .containsExactly(end.status());
        assertThat(
                        rows(
                                Services.NOTIFICATION,
                                """
                                select kind, status
                                  from notification
                                 where order_id = '%s'
                                 order by kind
                                """))
                .as("notifications of %s", order)
                .isEqualTo(end.mails().stream().map(kind -> kind + ",SENT").toList());
        assertThat(rows(Services.INVENTORY, "select status from reservation where order_id = '%s'"))
                .as("reservations of %s", order)
                .containsExactly(end.reservation());
        assertThat(rows(Services.ORDER, "select count(*) from order_history where order_id = '%s'"))
                .as("steps in the history of %s", order)
                .containsExactly(String.valueOf(end.orderEvents().size()));
    }

    /// Each event was published, at least once; where an event appeared first, it appeared in the
    /// order of versions; and mails that were sent again are recognised as such.
    void assertPublished(End end, Published published) {
        var orderEvents = published.firstOccurrences(Topics.ORDERS, order);
        var reservationEvents = published.firstOccurrences(Topics.RESERVATIONS, order);

        assertThat(types(orderEvents)).isEqualTo(end.orderEvents());
        assertThat(types(reservationEvents)).isEqualTo(end.reservationEvents());
        assertThat(Stream.of(orderEvents, reservationEvents))
                .as("versions of the events of %s, as each was first seen", order)
                .allSatisfy(events ->
                        assertThat(events.stream().map(OrderEvidence::version).toList())
                                .isSorted()
                                .doesNotHaveDuplicates());
        assertThat(published.mailsAbout(order))
                .as("different mails about %s", order)
                .hasSameSizeAs(end.mails());
    }

    private static List<String> types(List<WireRecord> events) {
        return events.stream().map(OrderEvidence::type).toList();
    }

    private static long version(WireRecord event) {
        return Long.parseLong(event.attribute("aggregateversion").orElseThrow());
    }

    private static String type(WireRecord event) {
        var matcher = TYPE.matcher(event.type());
        assertThat(matcher.matches()).isTrue();
        return matcher.group(1);
    }

    private List<String> rows(Service service, String query) throws SQLException {
        return scene.ledger().rows(service, query.formatted(order));
    }
}
