package io.eventshop.launcher.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.launcher.servers.RawRecord.Header;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLogTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final KafkaServer SERVER = new KafkaServer(Trees.temporary("kafka"), 0);

    private static EventLog log;

    private final String topic = UUID.randomUUID() + ".events";

    @BeforeAll
    static void start() {
        SERVER.start();
        log = EventLog.kafka(SERVER.bootstrapServers(), LIMIT);
    }

    @AfterAll
    static void stop() {
        log.close();
        SERVER.close();
    }

    @BeforeEach
    void createTopic() throws IOException {
        log.createTopic(topic, 3);
        log.createTopic(topic, 3);
    }

    @Test
    void a_record_that_was_read_is_written_once_more_byte_by_byte() throws IOException {
        var headers =
                List.of(new Header("b", null), Header.of("a", "1"), new Header("a", new byte[0]));
        var original = new RawRecord(topic, "2", new byte[] {-1}, headers, null);

        var first = log.write(original);
        var second = log.write(read().getFirst().raw());

        assertThat(first).isEqualTo(new Position(topic, "2", "0"));
        assertThat(second).isEqualTo(new Position(topic, "2", "1"));
        assertThat(read())
                .hasSize(2)
                .allSatisfy(record ->
                        assertThat(record.raw()).usingRecursiveComparison().isEqualTo(original));
        assertThat(read()).extracting(WireRecord::position).containsExactly(first, second);
    }

    @Test
    void a_reader_goes_on_with_what_is_written_meanwhile() throws IOException {
        var _ = log.write(numbered(2));
        try (var all = log.fromBeginning(List.of(topic));
                var late = log.fromEnd(List.of(topic, "nowhere.events"))) {
            assertThat(values(all)).containsExactly("0", "1");

            var _ = log.write(numbered(3));

            assertThat(values(all)).containsExactly("0", "1", "2");
            assertThat(values(late)).containsExactly("0", "1", "2");
            assertThat(late.next(Duration.ZERO)).isEmpty();
            assertThat(all.truncated()).isEmpty();
        }
    }

    @Test
    void an_excerpt_begins_at_a_point_of_the_lane() throws IOException {
        var _ = log.write(numbered(10));

        assertThat(excerpt(0, 2)).containsExactly("0", "1");
        assertThat(excerpt(0.5, 2)).containsExactly("5", "6");
        assertThat(excerpt(1, 2)).containsExactly("8", "9");
        assertThat(excerpt(0.5, 99)).hasSize(10);
    }

    @Test
    void a_group_is_behind_by_what_it_has_not_read_and_a_visit_reads_nothing() throws IOException {
        var _ = log.write(numbered(4));
        var topics = List.of(topic, "nowhere.events");
        var before = log.progress(topic, topics);

        log.visit(topic, List.of(topic), Duration.ofSeconds(5));
        var _ = log.write(numbered(1));

        assertThat(before.behind()).isEqualTo(4);
        assertThat(log.progress(topic, topics).behind()).isEqualTo(5);
        assertThat(log.progress(topic, topics).state()).isNotEqualTo(before.state());
        assertThat(log.groups()).contains(new EventLog.Group(topic, "Empty", 0, false)).hasSize(1);

        log.deleteGroups(Set.of(topic));
        assertThat(log.groups()).isEmpty();
    }

    @Test
    void a_record_beyond_the_topics_limit_is_refused() throws IOException {
        log.limitRecordSize(topic, 200);

        assertThatThrownBy(() -> log.write(RawRecord.of(topic, "key", Map.of(), new byte[1_000])))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_topic_is_listed_by_the_ending_of_its_name_until_it_is_deleted() throws IOException {
        assertThat(log.topics(".events")).contains(topic);
        assertThat(log.topics(".other")).isEmpty();

        log.deleteTopics(Set.of(topic));

        assertThat(Waiting.until(() -> isGone(topic), LIMIT)).isTrue();
    }

    @Test
    void a_broker_that_is_not_there_does_not_answer() {
        try (var nowhere = EventLog.kafka("localhost:" + Ports.free(), Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> nowhere.topics("")).hasMessageContaining("does not answer");
        }
    }

    private static boolean isGone(String topic) {
        try {
            return !log.topics("").contains(topic);
        } catch (IOException e) {
            return false;
        }
    }

    private List<RawRecord> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(number ->
                        RawRecord.of(topic, null, Map.of(), ("" + number).getBytes(UTF_8))
                                .inLane("0"))
                .toList();
    }

    private List<String> excerpt(double point, int count) throws IOException {
        return log.excerpt(topic, "0", point, count).stream().map(EventLogTest::value).toList();
    }

    private List<WireRecord> read() throws IOException {
        var records = new ArrayList<WireRecord>();
        try (var reader = log.fromBeginning(List.of(topic))) {
            reader.readToEnd(records::add);
        }
        return records;
    }

    private static List<String> values(EventLog.Reader reader) throws IOException {
        var values = new ArrayList<String>();
        reader.readToEnd(record -> values.add(value(record)));
        return values;
    }

    private static String value(WireRecord record) {
        return new String(record.bytes(), UTF_8);
    }
}
