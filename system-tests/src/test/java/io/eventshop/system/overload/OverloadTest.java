package io.eventshop.system.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.PostgresServer.Durability;
import io.eventshop.system.Service;
import io.eventshop.system.ServiceProcess;
import io.eventshop.system.Shop;
import io.eventshop.system.overload.OpenLoop.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// More orders than the machine can take, at a constant rate: whoever finds no place is told so at
/// once, the others are served, and afterwards all is as before.
///
/// What no machine may break is asserted. How good it is depends on the machine, and stands in the
/// table that is printed; a busy machine gets three times the time (10 s, and 250 ms for 99 % of
/// the answers) and half the goodput (0.7).
@Tag("system")
class OverloadTest {

    /// Until most of what is hot is compiled: what a cold shop can take says little.
    private static final Duration WARM_UP = Duration.ofSeconds(40);

    private static final Duration CAPACITY_TIME = Duration.ofSeconds(10);
    private static final Duration TIME = Duration.ofSeconds(15);
    private static final int CUSTOMERS = 32;

    private static final Duration BACK_WITHIN = Duration.ofSeconds(30);
    private static final double ANSWERED_WITHIN_MILLIS = 750;
    private static final double GOODPUT_MIN = 0.35;

    private final List<Level> levels = new ArrayList<>();

    @Test
    void who_is_too_much_is_put_off_at_once_and_the_others_are_served() throws Exception {
        try (var shop = Shop.open(1, Map.of(), Durability.FULL)) {
            var orders = shop.instances(Service.ORDER).getFirst();
            var loop = new OpenLoop(orders.uri("/api/v1/orders"));
            var _ = loop.capacity(CUSTOMERS, WARM_UP);
            double capacity = loop.capacity(CUSTOMERS, CAPACITY_TIME);
            shop.ledger().awaitQuiet(Duration.ofMinutes(2));

            for (double times : new double[] {0.5, 1, 2, 5}) {
                levels.add(level(shop, loop, times, times * capacity));
            }

            System.out.println(Level.HEADER);
            levels.forEach(level -> System.out.println(level.row()));
            assertThat(levels)
                    .allSatisfy(level -> {
                        assertThat(level.answers())
                                .allMatch(answer -> answer.isAccepted() || answer.isPutOff());
                        assertThat(level.percentile(99, _ -> true))
                                .isLessThan(ANSWERED_WITHIN_MILLIS);
                        assertThat(level.back()).isLessThan(BACK_WITHIN);
                    });
            double peak = levels.stream().mapToDouble(Level::acceptedPerSecond).max().orElseThrow();
            assertThat(levels.getLast().acceptedPerSecond()).isGreaterThan(GOODPUT_MIN * peak);
            assertThat(levels.getLast().count(Answer::isPutOff)).isPositive();
            assertThat(shop.services()).allMatch(OverloadTest::lives);
            shop.ledger().assertExact();
        }
    }

    private static Level level(Shop shop, OpenLoop loop, double times, double perSecond)
            throws Exception {
        long confirmed = confirmed(shop);
        Duration used = cpu();
        long start = System.nanoTime();
        var answers = loop.order(perSecond, TIME);
        double seconds = (System.nanoTime() - start) / 1e9;
        double share =
                cpu().minus(used).toNanos()
                        / 1e9
                        / seconds
                        / Runtime.getRuntime().availableProcessors();
        double confirmedPerSecond = (confirmed(shop) - confirmed) / seconds;
        var back = untilNormal(loop);
        shop.ledger().awaitQuiet(Duration.ofMinutes(2));
        return new Level(times, perSecond, TIME, answers, confirmedPerSecond, share, back);
    }

    private static Duration untilNormal(OpenLoop loop) {
        long end = System.nanoTime();
        Awaitility.await("an order is confirmed within a second")
                .atMost(Duration.ofMinutes(2))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> loop.isConfirmedWithin(1));
        return Duration.ofNanos(System.nanoTime() - end);
    }

    private static boolean lives(ServiceProcess service) {
        return ProcessHandle.of(service.pid()).filter(ProcessHandle::isAlive).isPresent();
    }

    private static long confirmed(Shop shop) throws SQLException {
        return shop.ledger()
                .number(Service.ORDER, "select count(*) from orders where status = 'CONFIRMED'");
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
