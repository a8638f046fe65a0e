package io.eventshop.testkit.transport;

import io.eventshop.launcher.servers.Server;
import io.eventshop.testkit.TcpProxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A broker that the contract may break, and what only the broker's own tools can do with it.
public interface BrokerUnderTest extends AutoCloseable {

    /// With data of its own, which a restart keeps, as it keeps the address. The contract starts
    /// it.
    Server server();

    /// Where the server is, as the [BrokerFactory] reads it.
    String address();

    /// The same server through the proxy.
    String proxiedAddress();

    /// A network that can fail.
    TcpProxy proxy();

    /// From now on the topic refuses larger records; returns when the broker does.
    ///
    /// @return false if the broker has no such limit
    boolean limitRecordSize(String topic, int bytes);

    /// By the broker's own tools, while others use the topic; returns when the broker lists it no
    /// longer.
    void deleteTopic(String topic);

    /// Writes what Event Shop would not write, as a program of somebody else does.
    ///
    /// @param headers as they are on the wire
    void writeForeign(
            String topic,
            @Nullable String key,
            Map<String, String> headers,
            byte @Nullable [] value);

    @Override
    void close();
}
