package io.eventshop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/// Sees what the outbox's own proof cannot: an event that was counted and left out before others,
/// and one that goes out under the number of the one before. A trigger of the test's database keeps
/// the number of every event that is appended, and lets an append fail that leaves a hole or gives
/// a number twice; so it is held in every test of a service.
@DependsOn("messagingSchema")
public final class CountedEvents {

    private final JdbcClient jdbc;

    /// Before anything is appended: listeners and relays start when all beans are there.
    CountedEvents(JdbcClient jdbc, DataSource database) {
        this.jdbc = jdbc;
        var trigger =
                new ResourceDatabasePopulator(
                        new ClassPathResource("counted-events.sql", CountedEvents.class));
        trigger.setSeparator(ScriptUtils.EOF_STATEMENT_SEPARATOR);
        trigger.execute(database);
    }

    /// Fails where an aggregate has counted more events than were appended: the last ones were left
    /// out.
    ///
    /// @param table of the aggregate's root rows
    /// @param idColumn its key, of whatever type
    /// @param versionColumn counts the aggregate's events
    public void assertAllAppended(
            String type, String table, String idColumn, String versionColumn) {
        var left =
                jdbc.sql(
                                """
                                select root.%2$s || ' has counted to ' || %3$s || ', appended is ' || coalesce(max(number), 0)
                                from %1$s root
                                left join testkit.appended on type = :type and appended.id = root.%2$s::text
                                group by root.%2$s, %3$s
                                having %3$s <> coalesce(max(number), 0)
                                """
                                        .formatted(table, idColumn, versionColumn))
                        .param("type", type)
                        .query(String.class)
                        .list();
        assertThat(left).as("events of %s that were left out", table).isEmpty();
    }
}
