package io.eventshop.proof.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.PostgresServer.Durability;
import io.eventshop.launcher.servers.Signal;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.check.ShopLedger;
import io.eventshop.proof.shop.Crowd;
import io.eventshop.proof.shop.Crowd.Answered;
import io.eventshop.proof.shop.ServiceProcess;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.shop.Shop;
import io.eventshop.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The three services and their servers as processes, one instance each, and customers who order:
/// at a pace that leaves room, and as fast as they are answered. There is nothing bare to compare
/// this with.
final class WholeShop implements AutoCloseable {

    private static final int PER_SECOND = 20;
    private static final int CUSTOMERS = 32;
    private static final int HELD_BACK_SECONDS = 10;
    private static final Duration CONFIRMED_WITHIN = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration QUIET_WITHIN = Duration.ofMinutes(5);

    private final Duration time = Scale.of(Duration.ofSeconds(20));
    private final int backlog = Scale.of(5_000);
    private final Shop shop = Shop.open(1, Map.of(), Durability.FULL);
    private final Crowd crowd = new Crowd(shop.client().orders(), "benchmark");
    private final CpuMeter servicesCpu =
            new CpuMeter(shop.services().stream().map(ServiceProcess::pid).toList());
    private final CpuMeter serversCpu =
            new CpuMeter(List.of(shop.postgres().pid(), shop.kafka().pid(), shop.mail().pid()));

    void measure(Report report) throws Exception {
        var measured = Rounds.measure("whole shop", this::round);
        ShopLedger.of(shop).assertExact();

        report.tell(
                "order at %d/s, POST → CONFIRMED, p50; p99".formatted(PER_SECOND),
                Report.millis(measured, "pace p50") + "; " + Report.millis(measured, "pace p99"));
        report.tell(
                "%d customers without a pause, POST → CONFIRMED, p50; p99".formatted(CUSTOMERS),
                Report.millis(measured, "full p50") + "; " + Report.millis(measured, "full p99"));
        report.tell("orders confirmed", Report.perSecond(measured, "confirmed"));
        report.tell(
                "orders with nothing left behind, mails included",
                Report.perSecond(measured, "quiet"));
        report.tell(
                "CPU of an order at %d/s, services; servers".formatted(PER_SECOND),
                Report.millis(measured, "pace services")
                        + "; "
                        + Report.millis(measured, "pace servers"));
        report.tell(
                "CPU of an order without a pause, services; servers",
                Report.millis(measured, "full services")
                        + "; "
                        + Report.millis(measured, "full servers"));
        report.tell("inbox with inventory's handler", Report.perSecond(measured, "inventory"));
    }

    private void round(Measurements measurements) throws Exception {
        orderAtPace(measurements);
        orderWithoutPause(measurements);
        measurements.note("inventory", inventoryAlone());
    }

    private void orderAtPace(Measurements measurements) throws Exception {
        startCpu();
        Percentiles times = percentiles(Crowd.atPace(PER_SECOND, time, this::confirmed));
        ShopLedger.of(shop).awaitQuiet(QUIET_WITHIN);

        note(measurements, "pace", times);
    }

    private void orderWithoutPause(Measurements measurements) throws Exception {
        startCpu();
        long start = System.nanoTime();
        Percentiles times = percentiles(Crowd.withoutPause(CUSTOMERS, time, this::confirmed));
        double ordering = secondsSince(start);
        ShopLedger.of(shop).awaitQuiet(QUIET_WITHIN);
        double untilQuiet = secondsSince(start);

        measurements.note("confirmed", times.count() / ordering);
        measurements.note("quiet", times.count() / untilQuiet);
        note(measurements, "full", times);
    }

    private Answered confirmed() throws InterruptedException {
        return crowd.orderUntilConfirmed(HELD_BACK_SECONDS, CONFIRMED_WITHIN);
    }

    /// From the POST to CONFIRMED.
    private static Percentiles percentiles(List<Answered> answers) {
        return new Percentiles(answers.stream().map(Answered::nanos).toList());
    }

    /// Waits for nothing but their being taken.
    private void place(int total) throws InterruptedException {
        var left = new AtomicInteger(total);
        List<Integer> placed =
                Crowd.together(
                        CUSTOMERS,
                        () -> {
                            int own = 0;
                            while (left.getAndDecrement() > 0) {
                                while (crowd.order(0).status() != 202) {
                                    Thread.sleep(PAUSE);
                                }
                                own++;
                            }
                            return own;
                        });
        assertThat(placed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(total);
    }

    private void startCpu() {
        servicesCpu.start();
        serversCpu.start();
    }

    private void note(Measurements measurements, String phase, Percentiles times) {
        measurements.note(phase + " p50", times.millis(50));
        measurements.note(phase + " p99", times.millis(99));
        measurements.note(phase + " services", servicesCpu.millisPer(times.count()));
        measurements.note(phase + " servers", serversCpu.millisPer(times.count()));
    }

    /// Inventory stands still while orders collect in Kafka, and then goes on while the others
    /// stand still. It is not started anew, so its code is warm.
    ///
    /// @return orders a second
    private double inventoryAlone() throws Exception {
        only(Services.INVENTORY).signal(Signal.STOP);
        try {
            place(backlog);
            Eventually.await("all orders are published")
                    .atMost(QUIET_WITHIN)
                    .until(() -> count(Services.ORDER, "messaging.outbox") == 0);
            others().forEach(service -> service.signal(Signal.STOP));
            return whileInventoryCatchesUp();
        } finally {
            shop.services().forEach(service -> service.signal(Signal.CONT));
            ShopLedger.of(shop).awaitQuiet(QUIET_WITHIN);
        }
    }

    private double whileInventoryCatchesUp() throws Exception {
        long before = count(Services.INVENTORY, "reservation");
        only(Services.INVENTORY).signal(Signal.CONT);
        // The first ones find the consumer expelled from its group, and wait until it is back.
        long first = awaitReservations(before + backlog / 5);
        long start = System.nanoTime();
        long last = awaitReservations(before + backlog);
        double took = secondsSince(start);

        assertThat(last).as("reservations").isEqualTo(before + backlog);
        return (last - first) / took;
    }

    private long awaitReservations(long atLeast) {
        return Eventually.await("reservations")
                .atMost(QUIET_WITHIN)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> count(Services.INVENTORY, "reservation"), count -> count >= atLeast);
    }

    private long count(Service service, String table) throws Exception {
        return ShopLedger.of(shop).number(service, "select count(*) from " + table);
    }

    private ServiceProcess only(Service service) {
        return shop.instances(service).getFirst();
    }

    private Stream<ServiceProcess> others() {
        return shop.services().stream()
                .filter(service -> !service.service().equals(Services.INVENTORY));
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
        shop.close();
    }
}
