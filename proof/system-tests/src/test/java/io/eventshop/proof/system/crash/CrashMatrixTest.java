package io.eventshop.proof.system.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.proof.shop.ServiceProcess;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.system.Share;
import io.eventshop.proof.system.crash.agent.Tripwire;
import io.eventshop.testkit.Eventually;
import io.eventshop.testkit.PromisedTime;
import io.eventshop.testkit.Proof;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Kills a service at each step of its work, and looks what becomes of the work.
///
/// The services run from their jars as processes, on a real PostgreSQL and a real Kafka. An agent
/// lets the methods of [CrashPoint] report, and at the one that is armed the process halts, with
/// nothing flushed, closed or said to anybody. A point that is not reached fails, so the matrix
/// cannot lose its subject when a method is renamed or no longer called.
@Proof(quarters = {1, 3})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashMatrixTest {

    /// A dead consumer's partitions move when the broker has missed it for 6 s; twice the time of a
    /// quiet machine, and far from the 45 s that are Kafka's default.
    private static final PromisedTime TAKEN_OVER =
            new PromisedTime("another instance does a dead one's work", Duration.ofSeconds(25));

    /// To look into some: `-Deventshop.crash.points=ROWS_DELETED,MAIL_SENT`.
    private static final Set<String> WANTED =
            Set.of(System.getProperty("eventshop.crash.points", "").split(",", -1));

    /// A good part of them. The services take turns, so that one starts again while the next is
    /// watched.
    private static final List<CrashPoint> WITH_ANOTHER =
            List.of(
                    CrashPoint.PLACED_WITHOUT_ANSWER,
                    CrashPoint.ITEMS_LOCKED,
                    CrashPoint.MAIL_SENT,
                    CrashPoint.FIRST_ROW_SENT,
                    CrashPoint.RESERVATION_COMMITTED,
                    CrashPoint.MAIL_WRITTEN,
                    CrashPoint.ALL_ROWS_ACKED,
                    CrashPoint.OFFSETS_COMMITTED,
                    CrashPoint.EVENT_BURIED,
                    CrashPoint.CONFIRMATION_COMMITTED,
                    CrashPoint.KEY_LOCKED,
                    CrashPoint.SHARD_LOCKED,
                    CrashPoint.WAIT_GIVEN_UP);

    private static final Recoveries RECOVERIES = new Recoveries();
    private static final ExecutorService CUSTOMERS = Executors.newVirtualThreadPerTaskExecutor();

    private static Scene scene;

    @BeforeAll
    static void open() throws Exception {
        scene = Scene.open();
    }

    private record Death(CrashPoint point, boolean withAnother) {}

    /// First those of an instance that is alone: all others, and the relay's worst moment once
    /// more, whose rows wait for the next start. So the first of the two quarters needs no second
    /// instances.
    private static List<Death> deaths() {
        var all =
                Stream.concat(
                                Stream.of(CrashPoint.values())
                                        .filter(point ->
                                                !WITH_ANOTHER.contains(point)
                                                        || point == CrashPoint.ALL_ROWS_ACKED)
                                        .map(point -> new Death(point, false)),
                                WITH_ANOTHER.stream().map(point -> new Death(point, true)))
                        .toList();
        return WANTED.contains("")
                ? Share.of(CrashMatrixTest.class, all)
                : all.stream().filter(death -> WANTED.contains(death.point.name())).toList();
    }

    static List<CrashPoint> alone() {
        return points(false);
    }

    static List<CrashPoint> withAnother() {
        return points(true);
    }

    private static List<CrashPoint> points(boolean withAnother) {
        return deaths().stream()
                .filter(death -> death.withAnother == withAnother)
                .map(Death::point)
                .toList();
    }

    @AfterAll
    static void close() throws IOException {
        var _ = CUSTOMERS.shutdownNow();
        scene.close();
        RECOVERIES.publish();
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("alone")
    @Order(1)
    void an_instance_that_is_alone_goes_on_where_it_died(CrashPoint point) throws Exception {
        scene.reset(point.service());
        try (Work work = point.work(scene)) {
            work.prepare();
            scene.trap(point.service()).set(point);
            Future<?> customer = submit(work);
            ServiceProcess crashed = awaitCrash(point);
            long crash = System.nanoTime();
            int exitStatus = crashed.exitStatus();

            scene.launch(crashed);
            crashed.awaitReady();
            Duration ready = since(crash);
            scene.soon("the work is done").untilAsserted(work::assertDone);

            RECOVERIES.restarted(point, exitStatus, ready, since(crash));
            assertAllIsWell(work, customer);
        }
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @Tag("promised-time")
    @MethodSource("withAnother")
    @Order(2)
    void the_other_instance_takes_over_while_the_dead_one_is_down(CrashPoint point)
            throws Exception {
        scene.addSecondInstances();
        scene.reset(point.service());
        try (Work work = point.work(scene)) {
            work.prepare();
            scene.trap(point.service()).set(point);
            Future<?> customer = submit(work);
            ServiceProcess crashed = awaitCrash(point);
            long crash = System.nanoTime();
            int exitStatus = crashed.exitStatus();

            scene.soon("the other instance does the work").untilAsserted(work::assertDone);
            Duration done = since(crash);
            assertThat(crashed.isAlive()).isFalse();

            RECOVERIES.takenOver(point, exitStatus, done);
            TAKEN_OVER.judge(done);
            scene.launch(crashed);
            assertAllIsWell(work, customer);
        }
    }

    @Test
    @Order(3)
    void in_the_end_every_consumer_has_done_all_and_the_databases_agree() throws SQLException {
        scene.awaitCaughtUp();
        scene.awaitQuiet();
        assertThat(
                        scene.ledger()
                                .number(
                                        Services.ORDER,
                                        "select count(*) from orders where status = 'PENDING'"))
                .as("orders without an answer")
                .isZero();
    }

    private static Future<?> submit(Work work) {
        return CUSTOMERS.submit(() -> {
            work.provoke();
            return null;
        });
    }

    /// @return the instance that ended, all by itself and at this point
    private static ServiceProcess awaitCrash(CrashPoint point) throws IOException {
        var instances = scene.shop().instances(point.service());
        Eventually.await("an instance dies at " + point)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> instances.stream().anyMatch(instance -> !instance.isAlive()));
        var dead = instances.stream().filter(instance -> !instance.isAlive()).toList();

        assertThat(dead).hasSize(1);
        assertThat(dead.getFirst().exitStatus()).isEqualTo(Tripwire.EXIT_STATUS);
        assertThat(scene.trap(point.service()).sprung()).contains(point.name());
        return dead.getFirst();
    }

    private static void assertAllIsWell(Work work, Future<?> customer) throws Exception {
        var _ = customer.get();
        work.settle();
        work.assertExact();
        scene.awaitQuiet();
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
