package io.eventshop.launcher.servers;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// A broker's topics, as tools and tests look at them and write into them: without the help of
/// `messaging`, which is what is tested, and without the types of a broker's client, which are
/// named behind this interface only.
///
/// Its methods may be called from several threads. A method that the broker does not answer within
/// the limit throws [IOException]; so does one whose thread is interrupted, and the thread stays
/// so.
public interface EventLog extends AutoCloseable {

    /// Connects when it is first needed.
    ///
    /// @param answerWithin how long to wait for the broker's answer, at least 1 s; reading goes on
    ///   while something comes, and gives up when nothing has come for 20 s, or for this limit if
    ///   that is longer
    static EventLog kafka(String bootstrapServers, Duration answerWithin) {
        return new KafkaEventLog(bootstrapServers, answerWithin);
    }

    /// The names of the topics.
    ///
    /// @param ending of the names, e.g. `.events`; empty for all
    Set<String> topics(String ending) throws IOException;

    /// Does nothing if there is a topic of this name, however many lanes it has.
    void createTopic(String name, int lanes) throws IOException;

    void deleteTopics(Collection<String> topics) throws IOException;

    /// When this returns the broker refuses larger records of this topic. What the broker adds to a
    /// record counts too.
    void limitRecordSize(String topic, int bytes) throws IOException;

    /// Writes the records and returns when all are acknowledged; each lane keeps their order.
    ///
    /// @return where each lies
    List<Position> write(List<RawRecord> records) throws IOException;

    default Position write(RawRecord record) throws IOException {
        return write(List.of(record)).getFirst();
    }

    /// Reads topics from the oldest record that the broker has.
    Reader fromBeginning(Collection<String> topics) throws IOException;

    /// Reads what is written to the topics from now on.
    Reader fromEnd(Collection<String> topics) throws IOException;

    /// Records of some topics, outside of every consumer group. For one thread at a time.
    interface Reader extends AutoCloseable {

        /// Reads up to the end that the topics have now, and perhaps a little further, each lane in
        /// its order. After an exception the next call goes on behind what was handed over.
        void readToEnd(Consumer<WireRecord> sink) throws IOException;

        /// Waits for the next records.
        ///
        /// @return at most 2,000; empty if none has come within the limit
        List<WireRecord> next(Duration limit) throws IOException;

        /// The topics of which reading did not begin with the first record: read from the
        /// beginning, those of which the broker has deleted the oldest.
        Set<String> truncated();

        @Override
        void close();
    }

    /// Records of a lane that lie next to each other; fewer if it has fewer.
    ///
    /// @param point where in the lane they begin: 0 for the oldest, 0.5 for the middle, 1 for the
    ///   newest; earlier where so many would reach beyond the end
    List<WireRecord> excerpt(String topic, String lane, double point, int count) throws IOException;

    /// @param state the broker's word for it
    /// @param consuming whether it has members and each knows its lanes
    record Group(String name, String state, int members, boolean consuming) {}

    /// All consumer groups.
    List<Group> groups() throws IOException;

    void deleteGroups(Collection<String> groups) throws IOException;

    /// How far a consumer group has come.
    ///
    /// @param behind how many records it has not dealt with: all, for a group that does not exist
    /// @param state changes whenever something is published or dealt with
    record Progress(long behind, String state) {}

    /// @param topics of the group; those that do not exist are left out
    Progress progress(String group, Collection<String> topics) throws IOException;

    /// A new member joins the group, stays for a time, deals with nothing, and leaves.
    void visit(String group, Collection<String> topics, Duration stay) throws IOException;

    @Override
    void close();
}
