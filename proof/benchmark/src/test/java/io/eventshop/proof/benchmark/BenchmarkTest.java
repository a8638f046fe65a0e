package io.eventshop.proof.benchmark;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// `mvn verify -Pbenchmark` prints the table of all of them at the end. No speed fails here: a busy
/// machine is no mistake in the code. A lost record is.
@Tag("benchmark")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BenchmarkTest {

    private static final Report report = new Report();

    @AfterAll
    static void publish() throws IOException {
        report.publish();
    }

    @Test
    @Order(1)
    void the_relay_drains_a_backlog_without_losing_a_row() throws Exception {
        try (var servers = Servers.start();
                var drain = new RelayDrain(servers)) {
            drain.measure(report);
        }
    }

    @Test
    @Order(2)
    void every_committed_event_reaches_the_consumer() throws Exception {
        try (var servers = Servers.start();
                var way = new CommitToConsumer(servers)) {
            way.measure(report);
        }
    }

    @Test
    @Order(3)
    void the_inbox_takes_every_event() throws Exception {
        try (var servers = Servers.start();
                var inbox = new InboxRate(servers)) {
            inbox.measure(report);
        }
    }

    @Test
    @Order(4)
    void the_whole_shop_confirms_every_order_and_leaves_nothing_behind() throws Exception {
        try (var shop = new WholeShop()) {
            shop.measure(report);
        }
    }
}
