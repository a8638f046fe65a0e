package io.eventshop.messaging.kafka;

import static io.eventshop.testkit.Eventually.await;

import io.eventshop.launcher.servers.EventLog;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.KafkaServer.SideDoor;
import io.eventshop.launcher.servers.Ports;
import io.eventshop.launcher.servers.Server;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.TcpProxy;
import io.eventshop.testkit.transport.BrokerUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One broker in a process of its own, with a second door for those who come through the proxy.
final class KafkaUnderTest implements BrokerUnderTest {

    private final int door = Ports.free();
    private final TcpProxy proxy = new TcpProxy(door);
    private final KafkaServer server =
            new KafkaServer(Trees.temporary("kafka"), 0, List.of(new SideDoor(door, proxy.port())));

    @Override
    public Server server() {
        return server;
    }

    @Override
    public String address() {
        return server.bootstrapServers();
    }

    @Override
    public String proxiedAddress() {
        return "127.0.0.1:" + proxy.port();
    }

    @Override
    public TcpProxy proxy() {
        return proxy;
    }

    @Override
    public boolean limitRecordSize(String topic, int bytes) {
        try (var log = EventLog.kafka(address(), Duration.ofMinutes(1))) {
            log.limitRecordSize(topic, bytes);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void deleteTopic(String topic) {
        try (var log = EventLog.kafka(address(), Duration.ofMinutes(1))) {
            log.deleteTopics(List.of(topic));
            await("the topic is gone").until(() -> !log.topics(topic).contains(topic));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void writeForeign(
            String topic,
            @Nullable String key,
            Map<String, String> headers,
            byte @Nullable [] value) {
        try (var probe = new KafkaProbe(address())) {
            probe.publishRaw(topic, key, headers, value);
        }
    }

    @Override
    public void close() {
        server.stop();
        proxy.close();
    }
}
