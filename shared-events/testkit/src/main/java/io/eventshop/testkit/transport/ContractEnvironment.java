package io.eventshop.testkit.transport;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventshop.contracts.Topic;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.messaging.transport.BatchHandler;
import io.eventshop.messaging.transport.Broker;
import io.eventshop.messaging.transport.Consumption;
import io.eventshop.messaging.transport.Outcome;
import io.eventshop.messaging.transport.OutgoingRecord;
import io.eventshop.messaging.transport.Receiver;
import io.eventshop.messaging.transport.Transport;
import io.eventshop.testkit.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/// One server for all tests of the contract, and for each of them a topic and a group of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContractEnvironment {

    /// Far longer than an answer takes.
    static final Duration DEADLINE = Duration.ofSeconds(20);

    static final int BATCH_SIZE_MAX = 100;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Path files = Trees.temporary("contract");

    private @Nullable BrokerUnderTest started;
    private Topic topic = topic("none");
    private String group = "none";
    private Effects effects = new Effects(files);

    /// A server without any data, not started.
    protected abstract BrokerUnderTest newBroker();

    /// What makes the adapter, in this JVM and in others.
    protected abstract Class<? extends BrokerFactory> factory();

    @BeforeEach
    void begin() throws Exception {
        topic = newTopic();
        group = "group-" + UUID.randomUUID();
        effects = new Effects(files.resolve(group));
        declare(topic);
    }

    @AfterEach
    void end() throws Exception {
        var tested = tested();
        tested.server().resume();
        tested.proxy().heal();
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @AfterAll
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    /// The server of all tests, which is running: the test before this one may have killed it.
    final BrokerUnderTest tested() {
        var running = started;
        if (running == null) {
            running = newBroker();
            started = running;
        }
        if (!running.server().isAlive()) {
            running.server().start();
        }
        return running;
    }

    /// `kill -9`; the server answers again when this returns.
    final void killAndRestart() {
        var server = tested().server();
        server.kill();
        server.start();
    }

    final Broker broker() {
        return connect(tested().address());
    }

    final Broker proxied() {
        return connect(tested().proxiedAddress());
    }

    final Broker connect(String address) {
        return BrokerFactory.connect(factory().getName(), address);
    }

    final void declare(Topic wanted) throws Exception {
        var objections = broker().declare(List.of(wanted), 1);
        if (!objections.isEmpty()) {
            throw new IllegalStateException(objections.toString());
        }
    }

    final Topic topic() {
        return topic;
    }

    /// Named, as the shop's are, with a dot.
    static Topic newTopic() {
        return topic("contract." + UUID.randomUUID());
    }

    static Topic topic(String name) {
        return new Topic(name, "contract", "order", "orderId", Duration.ofDays(1));
    }

    final String group() {
        return group;
    }

    final Effects effects() {
        return effects;
    }

    final Path file(String name) {
        return files.resolve(name + "-" + group);
    }

    final OutgoingRecord record(String key, int number) {
        return new Numbered(key, number).to(topic.name(), Numbered.BYTES_MIN);
    }

    static List<String> keys(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "key-" + i).toList();
    }

    final Transport transport() {
        return opened(broker().transport());
    }

    final LoadGenerator load(int keys, int each) {
        return new LoadGenerator(
                transport(),
                topic.name(),
                keys(keys),
                new LoadGenerator.Shape(each, 100),
                () -> DEADLINE);
    }

    final Tap tap() {
        return opened(new Tap(broker(), topic));
    }

    final Consumption consumption() {
        return consumption(group, topic);
    }

    static Consumption consumption(String group, Topic... topics) {
        return new Consumption(group, List.of(topics), BATCH_SIZE_MAX, Duration.ofMinutes(1));
    }

    /// A started instance in this JVM, in the group of the test.
    final Receiver instance(BatchHandler handler) {
        return receiver(broker(), consumption(), handler);
    }

    final Receiver receiver(Broker broker, Consumption consumption, BatchHandler handler) {
        var receiver = broker.receiver(consumption, handler);
        opened.push(receiver::stop);
        receiver.start();
        return receiver;
    }

    /// A started instance in a JVM of its own, in the group of the test.
    ///
    /// @param name in the effects
    /// @param holdsFrom the number of a record which it holds, with its batch
    /// @param release the file whose appearance lets it go on
    final ChildJvm child(String name, int holdsFrom, Path release) {
        var child =
                opened(
                        ChildJvm.run(
                                InstanceMain.class,
                                factory().getName(),
                                tested().address(),
                                group,
                                topic.name(),
                                effects.file().toString(),
                                name,
                                Integer.toString(holdsFrom),
                                release.toString()));
        child.awaitOutput(InstanceMain.READY);
        return child;
    }

    final <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }

    final void assumeLog() {
        assumeTrue(
                broker().capabilities().isLog(),
                "the broker is not a log: a new consumer gets only what is published after it came");
    }

    static void assertAllAcked(List<Outcome> outcomes) {
        assertThat(outcomes).isNotEmpty().hasOnlyElementsOfType(Outcome.Acked.class);
    }

    /// As a relay does: again and again.
    static void awaitAcked(Transport transport, OutgoingRecord record) {
        await("the record is accepted")
                .pollDelay(Duration.ZERO)
                .until(() ->
                        transport
                                .send(List.of(record), Duration.ofSeconds(2))
                                .equals(List.of(new Outcome.Acked())));
    }

    /// A part of what the test does, not a wait for something.
    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static <T> CompletableFuture<T> concurrently(Supplier<T> task) {
        return CompletableFuture.supplyAsync(
                task, thread -> Thread.ofPlatform().daemon().start(thread));
    }
}
