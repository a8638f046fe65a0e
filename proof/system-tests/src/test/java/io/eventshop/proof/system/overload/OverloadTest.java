package io.eventshop.proof.system.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.PostgresServer.Durability;
import io.eventshop.proof.check.ShopLedger;
import io.eventshop.proof.shop.Crowd;
import io.eventshop.proof.shop.Crowd.Answered;
import io.eventshop.proof.shop.ServiceProcess;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.shop.Shop;
import io.eventshop.testkit.Eventually;
import io.eventshop.testkit.PromisedTime;
import io.eventshop.testkit.Proof;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// More orders than the machine can take, at a constant rate: whoever finds no place is told so at
/// once, the others are served, and afterwards all is as before.
///
/// What no machine may break is asserted. How good it is depends on the machine: it stands in the
/// table that is printed, and `-Pbenchmark` holds it to the goals below.
@Proof(quarters = 4)
@Tag("promised-time")
class OverloadTest {

    /// Until most of what is hot is compiled: what a cold shop can take says little.
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    private static final Duration CAPACITY_TIME = Duration.ofSeconds(10);
    private static final Duration TIME = Duration.ofSeconds(15);
    private static final int CUSTOMERS = 32;

    /// Far above what anyone has to wait: who has no answer by then gets none.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int CONFIRMED_WITHIN_SECONDS = 4;

    private static final PromisedTime BACK =
            new PromisedTime("overload is over, an order is confirmed", Duration.ofSeconds(10));
    private static final Duration ANSWERED = Duration.ofMillis(250);

    /// Of the orders that are accepted at the best rate, when five times too many come.
    private static final double GOODPUT = 0.7;

    private final List<Level> levels = new ArrayList<>();

    @Test
    void who_is_too_much_is_put_off_at_once_and_the_others_are_served() throws Exception {
        try (var shop = Shop.open(1, Map.of(), Durability.FULL)) {
            var crowd = new Crowd(shop.client().orders(PATIENCE), "overload");
            var _ = capacity(crowd, WARM_UP);
            double capacity = capacity(crowd, CAPACITY_TIME);
            ShopLedger.of(shop).awaitQuiet(Duration.ofMinutes(2));

            for (double times : new double[] {0.5, 1, 2, 5}) {
                levels.add(level(shop, crowd, times, times * capacity));
            }

            System.out.println(Level.HEADER);
            levels.forEach(level -> System.out.println(level.row()));
            assertThat(levels)
                    .allSatisfy(level -> {
                        assertThat(level.answers())
                                .allMatch(answer -> isAccepted(answer) || isPutOff(answer));
                        answered(level).judge(level.slowest(99));
                        BACK.judge(level.back());
                    });
            double peak = levels.stream().mapToDouble(Level::acceptedPerSecond).max().orElseThrow();
            accepted(GOODPUT * peak).judge(each(levels.getLast().acceptedPerSecond()));
            assertThat(levels.getLast().count(OverloadTest::isPutOff)).isPositive();
            assertThat(shop.services()).allMatch(OverloadTest::lives);
            ShopLedger.of(shop).assertExact();
        }
    }

    /// @return orders a second that come to their end
    private static double capacity(Crowd crowd, Duration time) throws InterruptedException {
        long confirmed =
                Crowd.withoutPause(CUSTOMERS, time, () -> crowd.order(CONFIRMED_WITHIN_SECONDS))
                        .stream()
                        .filter(Answered::isConfirmed)
                        .count();
        return confirmed * 1000.0 / time.toMillis();
    }

    static boolean isAccepted(Answered answer) {
        return answer.status() == 202;
    }

    static boolean isPutOff(Answered answer) {
        return answer.status() == 503 && answer.putOff();
    }

    private static PromisedTime answered(Level level) {
        return new PromisedTime(
                "99 %% of the answers at %.1f times what is possible".formatted(level.times()),
                ANSWERED);
    }

    private static PromisedTime accepted(double perSecond) {
        return new PromisedTime("the next order is accepted at 5 times", each(perSecond));
    }

    private static Duration each(double perSecond) {
        return Duration.ofNanos(Math.round(1e9 / perSecond));
    }

    private static Level level(Shop shop, Crowd crowd, double times, double perSecond)
            throws Exception {
        long confirmed = confirmed(shop);
        Duration used = cpu();
        long start = System.nanoTime();
        var answers = Crowd.atPace(perSecond, TIME, () -> crowd.order(0));
        double seconds = (System.nanoTime() - start) / 1e9;
        double share =
                cpu().minus(used).toNanos()
                        / 1e9
                        / seconds
                        / Runtime.getRuntime().availableProcessors();
        double confirmedPerSecond = (confirmed(shop) - confirmed) / seconds;
        var back = untilNormal(crowd);
        ShopLedger.of(shop).awaitQuiet(Duration.ofMinutes(2));
        return new Level(times, perSecond, TIME, answers, confirmedPerSecond, share, back);
    }

    private static Duration untilNormal(Crowd crowd) {
        long end = System.nanoTime();
        Eventually.await("an order is confirmed within a second")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> crowd.order(1).isConfirmed());
        return Duration.ofNanos(System.nanoTime() - end);
    }

    private static boolean lives(ServiceProcess service) {
        return ProcessHandle.of(service.pid()).filter(ProcessHandle::isAlive).isPresent();
    }

    private static long confirmed(Shop shop) throws SQLException {
        return ShopLedger.of(shop)
                .number(Services.ORDER, "select count(*) from orders where status = 'CONFIRMED'");
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
