package io.eventshop.messaging.transport;

import io.eventshop.contracts.Topic;
import java.util.List;

/// A broker as `messaging` needs one. Each module of a broker brings one bean, chosen by
/// `eventshop.transport`; what it must do is told by the tests of `TransportContract`.
///
/// For any number of threads at a time.
public interface Broker {

    /// A new one for each relay loop.
    Transport transport();

    /// A new one, not started, for each consumer of a service. Instances of the service share its
    /// topics: each record goes to one of them, and after that one's death to another.
    Receiver receiver(Consumption consumption, BatchHandler handler);

    /// Makes topics that are missing, and compares all of them with what the relay relies on. Makes
    /// nothing else and changes nothing. Several instances may do so at once, and each repeats it
    /// every few seconds.
    ///
    /// A topic that an earlier call has found and this one misses may be left to the next call,
    /// with a sentence, so that its consumers notice.
    ///
    /// @param replication copies of each record that the broker keeps
    /// @return a sentence for everything that is not as it should be
    /// @throws Exception if the broker does not answer; some topics may have been made. In a few
    ///   seconds, or at once when the thread is interrupted
    List<String> declare(List<Topic> topics, int replication) throws Exception;

    /// Whether it does, within a few seconds.
    boolean answers() throws InterruptedException;

    Capabilities capabilities();
}
