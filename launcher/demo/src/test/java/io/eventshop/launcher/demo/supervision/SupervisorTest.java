package io.eventshop.launcher.demo.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventshop.launcher.demo.supervision.PartState.Status;
import io.eventshop.launcher.servers.ProcessId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SupervisorTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<String> journal = new CopyOnWriteArrayList<>();
    private volatile List<PartState> states = List.of();
    private final Supervisor supervisor = new Supervisor(said::add, observed -> states = observed);
    private final SleepPart kafka = new SleepPart("kafka", journal);
    private final SleepPart orders = new SleepPart("orders", journal);

    @AfterEach
    void stopEverything() throws InterruptedException {
        supervisor.stop(List.of("kafka", "orders"));
    }

    @Test
    void a_part_that_is_killed_is_started_again_at_once_and_said_so() {
        supervisor.run(kafka).join();
        long first = kafka.pid();
        var killedAt = Instant.now();

        kafka.kill();

        await().atMost(LIMIT).until(() -> kafka.isAlive() && kafka.pid() != first);
        assertThat(said)
                .contains("kafka (process %d) ended; it is started again at once".formatted(first))
                .anyMatch(line -> line.startsWith("kafka is back after "));
        assertThat(states.getFirst().status()).isEqualTo(Status.READY);
        assertThat(states.getFirst().since()).isAfter(killedAt);
        assertThat(states.getFirst().process())
                .isEqualTo(ProcessId.of(ProcessHandle.of(kafka.pid()).orElseThrow()));
    }

    @Test
    void a_part_that_cannot_be_started_is_tried_until_it_can() {
        kafka.breakDown();
        CompletableFuture<Duration> ready = supervisor.run(kafka);
        await().atMost(LIMIT).until(() -> said.size() >= 2);

        kafka.repair();

        ready.orTimeout(1, TimeUnit.MINUTES).join();
        assertThat(said)
                .startsWith(
                        "kafka did not start: kafka is broken; it is started again at once",
                        "kafka did not start: kafka is broken; it is started again in 0.5 s");
    }

    @Test
    void a_part_waits_for_its_condition() {
        var database = new CompletableFuture<Duration>();
        CompletableFuture<Duration> ready = supervisor.run(orders, database);
        assertThat(states.getFirst().status()).isEqualTo(Status.WAITING);
        assertThat(journal).isEmpty();

        database.complete(Duration.ZERO);

        ready.orTimeout(1, TimeUnit.MINUTES).join();
        assertThat(journal).containsExactly("start orders");
    }

    @Test
    void parts_stop_in_the_given_order_and_stay_stopped() throws InterruptedException {
        supervisor.run(kafka).join();
        supervisor.run(orders).join();

        supervisor.stop(List.of("orders"));
        supervisor.stop(List.of("kafka"));

        assertThat(journal).endsWith("stop orders", "stop kafka");
        assertThat(states).allMatch(state -> state.status() == Status.STOPPED);
        assertThat(orders.isAlive()).isFalse();
        assertThat(kafka.isAlive()).isFalse();
        assertThat(said).isEmpty();
    }

    @Test
    void a_part_that_was_stopped_while_it_waited_is_never_started() throws InterruptedException {
        var database = new CompletableFuture<Duration>();
        var _ = supervisor.run(orders, database);

        supervisor.stop(List.of("orders"));
        database.complete(Duration.ZERO);

        assertThat(journal).isEmpty();
    }
}
