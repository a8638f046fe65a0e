package io.eventshop.messaging.internal.inbox;

import static io.eventshop.messaging.internal.inbox.Arrivals.id;
import static io.eventshop.messaging.internal.inbox.InboxFixture.CONSUMER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventshop.launcher.servers.Database;
import io.eventshop.testkit.TestServers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/// The letters of the build before V3, and that build itself, which goes on while a service is
/// upgraded.
class LettersMigrationTest {

    private static final String KEY = UUID.randomUUID().toString();

    private final Database database = TestServers.database("letters");

    @Test
    void letters_of_before_are_numbered_as_their_logs_are() {
        try (var dataSource = dataSource()) {
            var jdbc = new JdbcTemplate(dataSource);
            migrate(dataSource, "2");
            var third = insertAsBefore(jdbc, "new", 0, 0, "1 hour");
            var second = insertAsBefore(jdbc, "old", 3, 8, "2 hours");
            var first = insertAsBefore(jdbc, "old", 3, 7, "2 hours");
            var fourth = insertAsBefore(jdbc, "new", 0, 1, "3 minutes");
            // Its replay failed once: the heap has it last.
            int retried =
                    jdbc.update(
                            "update messaging.dead_letter set attempts = 2 where event_id = ?",
                            first);
            assertThat(retried).isEqualTo(1);

            migrate(dataSource, "latest");

            var fifth = insertAsBefore(jdbc, "new", 0, 2, "1 minute");
            assertThat(inOrder(jdbc)).containsExactly(first, second, third, fourth, fifth);
            assertThat(
                            jdbc.queryForMap(
                                    """
                                    select origin, lane, at
                                    from messaging.dead_letter
                                    where event_id = ?
                                    """,
                                    first))
                    .containsExactly(
                            Map.entry("origin", "old"),
                            Map.entry("lane", "3"),
                            Map.entry("at", "7"));
        }
    }

    @Test
    void either_build_reads_the_letters_of_the_other() {
        var arrivals = new Arrivals();
        try (var fixture = new InboxFixture(database, Map.of())) {
            fixture.before =
                    _ -> {
                        throw new IllegalStateException("refused");
                    };
            var poison = arrivals.raw(KEY, _ -> {}, "{\"orderId\":\"%s\"}".formatted(KEY));
            fixture.receive(poison);
            var follower = insertAsBefore(fixture.jdbc, "cluster", 0, 1, "1 minute");

            assertThat(
                            fixture.jdbc.queryForList(
                                    """
                                    select event_id
                                    from messaging.dead_letter
                                    where cluster = 'cluster'
                                    order by "partition", "offset"
                                    """,
                                    UUID.class))
                    .containsExactly(id(poison), follower);
            assertThat(fixture.deadLetters.find(CONSUMER, follower).orElseThrow().delivery())
                    .satisfies(delivery ->
                            assertThat(delivery.position()).hasToString("orders.events-0@1"))
                    .satisfies(delivery ->
                            assertThat(delivery.position().origin()).isEqualTo("cluster"));
            fixture.before = _ -> {};
            assertThat(fixture.desk.replay(CONSUMER, follower, "ann"))
                    .contains(new DeadLetterDesk.Report(2, 0, null));
            assertThat(fixture.effects()).containsExactly(id(poison), follower);
        }
    }

    private HikariDataSource dataSource() {
        var dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(database.url());
        dataSource.setUsername(database.username());
        dataSource.setPassword(database.password());
        return dataSource;
    }

    private static void migrate(HikariDataSource dataSource, String target) {
        var _ =
                Flyway.configure()
                        .dataSource(dataSource)
                        .schemas("messaging")
                        .locations("classpath:db/messaging")
                        .target(target)
                        .load()
                        .migrate();
    }

    /// With the statement of the build before V3.
    private static UUID insertAsBefore(
            JdbcTemplate jdbc, String cluster, int partition, long offset, String age) {
        var id = UUID.randomUUID();
        int _ =
                jdbc.update(
                        """
                        insert into messaging.dead_letter (
                            consumer, event_id, topic, "partition", "offset", record_key,
                            cluster, attributes, payload, published_at, status, reason,
                            fingerprint, attempts, first_failed_at)
                        values (
                            ?, ?, 'orders.events', ?, ?, ?,
                            ?, cast(? as json), ?, now(), 'PARKED', 'waits',
                            'waits', 0, now() - cast(? as interval))
                        """,
                        CONSUMER,
                        id,
                        partition,
                        offset,
                        KEY.getBytes(UTF_8),
                        cluster,
                        attributes(id),
                        "{\"orderId\":\"%s\"}".formatted(KEY).getBytes(UTF_8),
                        age);
        return id;
    }

    private static String attributes(UUID id) {
        var attributes = Arrivals.attributes(KEY);
        attributes.put("id", id.toString());
        return JsonMapper.shared().writeValueAsString(attributes);
    }

    private static List<UUID> inOrder(JdbcTemplate jdbc) {
        return jdbc.query(
                "select event_id from messaging.dead_letter order by seq",
                (row, _) -> row.getObject(1, UUID.class));
    }
}
