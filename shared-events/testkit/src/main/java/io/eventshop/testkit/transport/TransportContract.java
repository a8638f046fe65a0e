package io.eventshop.testkit.transport;

import static io.eventshop.testkit.Eventually.await;
import static io.eventshop.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.messaging.transport.Delivery;
import io.eventshop.testkit.PromisedTime;
import io.eventshop.testkit.Proof;
import io.eventshop.testkit.TcpProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What an adapter has to do for `messaging`, whatever broker it speaks to: the tests of this class
/// and of those above it, against a real server that is killed, paused and cut off.
///
/// Frameworks with several brokers test that messages arrive; here it is tested that the records of
/// a key keep their order while everything fails that may fail. The order of the tests is that of a
/// record's way: [SendingContract] and [PrefixContract] for the relay's side, [OrderContract] and
/// [ReceivingContract] for the inbox's, and here what concerns both.
///
/// A subclass says where the broker is. What a broker cannot do is skipped with a reason. Slow
/// tests are proofs.
public abstract class TransportContract extends ReceivingContract {

    /// Between two declarations.
    private static final Duration OWNER_S_INTERVAL = Duration.ofSeconds(5);

    private static final PromisedTime NOTICED_BY_RECEIVER =
            new PromisedTime("a receiver notices a dead connection", Duration.ofSeconds(15));

    private static final PromisedTime NOTICED_BY_TRANSPORT =
            new PromisedTime("a transport notices a dead connection", Duration.ofSeconds(15));

    /// Judged below the ten seconds after which a receiver gives up what does not end.
    private static final PromisedTime STOP =
            new PromisedTime("a receiver stops", Duration.ofMillis(900));

    private static final PromisedTime ARRIVAL =
            new PromisedTime("a record reaches an idle receiver", Duration.ofMillis(50));

    @Test
    @Proof(quarters = 2)
    void both_sides_go_on_after_the_server_was_killed_under_load() {
        var _ = instance(effects().recorder("first"));
        var _ = instance(effects().recorder("second"));
        var load = opened(load(60, 1)).start();

        for (int kill = 0; kill < 2; kill++) {
            int before = effects().all().size();
            await("records flow").until(() -> effects().all().size() > before + 1_000);
            killAndRestart();
        }

        effects().awaitComplete(load.finish());
    }

    /// What lay in it and was not yet dealt with is lost. What is sent afterwards is not, also
    /// where it lies at a position at which the receiver has dealt with another record.
    @Test
    void both_sides_go_on_after_a_topic_was_deleted_and_declared_again() throws Exception {
        var owner = broker();
        assertThat(owner.declare(List.of(topic()), 1)).isEmpty();
        var _ = instance(effects().recorder("only"));
        var load = opened(load(20, 1));
        effects().awaitComplete(load.publish(5));

        tested().deleteTopic(topic().name());
        var _ = owner.declare(List.of(topic()), 1);
        pause(OWNER_S_INTERVAL);
        assertThat(owner.declare(List.of(topic()), 1)).isEmpty();
        var published = load.publish(10);

        effects().awaitComplete(published);
    }

    @Test
    @Tag("promised-time")
    void a_receiver_notices_that_its_idle_connection_was_cut() {
        assertReceiverNotices(TcpProxy::breakConnections);
    }

    @Test
    @Proof(quarters = 2)
    @Tag("promised-time")
    void a_receiver_notices_that_its_idle_connection_is_dead() {
        assertReceiverNotices(TcpProxy::strand);
    }

    private void assertReceiverNotices(Consumer<TcpProxy> fault) {
        var load = opened(load(6, 1));
        var _ = receiver(proxied(), consumption(), effects().recorder("only"));
        effects().awaitComplete(load.publish(1));

        fault.accept(tested().proxy());
        var published = load.publish(1);

        NOTICED_BY_RECEIVER.until(() -> effects().firstSights().reach(published));
        effects().awaitComplete(published);
    }

    @Test
    @Proof(quarters = 2)
    @Tag("promised-time")
    void a_transport_notices_that_its_idle_connection_is_dead() {
        var transport = opened(proxied().transport());
        assertAllAcked(transport.send(List.of(record("key", 1)), DEADLINE));

        tested().proxy().strand();

        long start = System.nanoTime();
        awaitAcked(transport, record("key", 2));
        NOTICED_BY_TRANSPORT.judge(Duration.ofNanos(System.nanoTime() - start));
    }

    /// Also while it waits for a pause to end.
    @Test
    @Tag("promised-time")
    void a_receiver_stops_soon_and_leaves_what_it_has_not_dealt_with() {
        var failing = new CountDownLatch(1);
        var first =
                instance(batch -> {
                    if (batch.stream().anyMatch(one -> Numbered.of(one).number() >= 3)) {
                        failing.countDown();
                        return Optional.of(Duration.ofMinutes(1));
                    }
                    effects().add("first", batch);
                    return Optional.empty();
                });
        var published = load(20, 1).publish(5);
        await("a failure").until(() -> failing.getCount() == 0);

        long start = System.nanoTime();
        first.stop();
        STOP.judge(Duration.ofNanos(System.nanoTime() - start));

        assertThat(first.isRunning()).isFalse();
        var _ = instance(effects().recorder("second"));
        effects().awaitComplete(published);
    }

    @Test
    void a_receiver_that_is_stopped_finishes_its_batch_and_takes_no_other() {
        var handling = new AtomicInteger();
        var first =
                instance(batch -> {
                    handling.incrementAndGet();
                    pause(Duration.ofMillis(200));
                    effects().add("first", batch);
                    handling.decrementAndGet();
                    return Optional.empty();
                });
        var published = load(20, 1).publish(50);
        await("a batch").until(() -> handling.get() == 1);

        first.stop();

        assertThat(handling).hasValue(0);
        int done = effects().of("first").size();
        var _ = instance(effects().recorder("second"));
        effects().awaitComplete(published);
        assertThat(effects().of("first")).hasSize(done);
        assertThat(effects().of("second")).doesNotContainAnyElementsOf(effects().of("first"));
    }

    /// The server is paused between the two, so its time is later than whatever a sender says.
    @Test
    void a_record_is_published_at_the_broker_s_time() {
        var received = new CopyOnWriteArrayList<Delivery>();
        var _ =
                instance(batch -> {
                    received.addAll(batch);
                    return Optional.empty();
                });
        var transport = transport();
        assertAllAcked(transport.send(List.of(record("key", 1)), DEADLINE));
        var begun = new CountDownLatch(1);
        tested().server().pause();
        var sending =
                concurrently(() -> {
                    begun.countDown();
                    return transport.send(List.of(record("key", 2)), DEADLINE);
                });
        await("the send").until(() -> begun.getCount() == 0);
        pause(Duration.ofSeconds(1));
        var resumed = Instant.now();

        tested().server().resume();

        assertAllAcked(sending.join());
        eventually(() -> assertThat(received).hasSize(2));
        assertThat(received.getLast().publishedAt())
                .isBetween(resumed.minusMillis(1), Instant.now().plusMillis(1));
    }

    @Test
    void a_backlog_comes_in_full_batches() {
        var sizes = new CopyOnWriteArrayList<Integer>();
        var first = instance(effects().recorder("first"));
        var load = opened(load(20, 10));
        effects().awaitComplete(load.publish(1));
        first.stop();
        var published = load.publish(10);

        var _ =
                instance(batch -> {
                    sizes.add(batch.size());
                    effects().add("second", batch);
                    return Optional.empty();
                });

        effects().awaitComplete(published);
        assertThat(sizes).contains(BATCH_SIZE_MAX).allMatch(size -> size <= BATCH_SIZE_MAX);
    }

    @Test
    @Tag("promised-time")
    void a_record_reaches_an_idle_receiver_at_once() {
        var _ = instance(effects().recorder("only"));
        var load = opened(load(1, 1));
        effects().awaitComplete(load.publish(1));
        var times = new ArrayList<Duration>();

        for (int i = 2; i <= 101; i++) {
            int number = i;
            long start = System.nanoTime();
            var _ = load.publish(1);
            await("number " + i)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> effects().firstSights().of("key-1").size() >= number);
            times.add(Duration.ofNanos(System.nanoTime() - start));
        }

        times.sort(null);
        ARRIVAL.judge(times.get(98));
    }
}
