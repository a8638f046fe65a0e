package io.eventshop.messaging.internal.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.messaging.internal.inbox.FailureClassifier.Kind;
import io.eventshop.testkit.SqlStatesPage;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.TransactionSystemException;

class EventSqlStatesTest {

    private static final Map<String, Kind> WORDS =
            Map.of(
                    "waits", Kind.SERVER,
                    "ten tries", Kind.INFRASTRUCTURE,
                    "steps aside", Kind.LOCKED,
                    "again", Kind.CONTENTION,
                    "dead letter", Kind.POISON);

    static List<SqlStatesPage.Row> ofEveryState() {
        return SqlStatesPage.ofEveryState();
    }

    @ParameterizedTest
    @MethodSource("ofEveryState")
    void an_sql_state_decides_about_an_event_as_the_page_says(SqlStatesPage.Row row) {
        var wrapped = new TransactionSystemException("x", new SQLException("x", row.state()));

        assertThat(FailureClassifier.classify(new IllegalStateException(wrapped)))
                .isEqualTo(WORDS.get(row.event()));
    }
}
