package io.eventshop.proof.system.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.proof.shop.Services;
import java.sql.SQLException;
import java.util.UUID;

/// Marks of events that are older than any topic, beside one that is not.
final class Cleaning implements Work {

    private final Scene scene;
    private final String consumer = "crash-" + UUID.randomUUID();

    Cleaning(Scene scene) {
        this.scene = scene;
    }

    @Override
    public void provoke() throws SQLException {
        scene.ledger()
                .execute(
                        Services.INVENTORY,
                        """
                        insert into messaging.processed_message
                            (event_id, consumer, topic, position, published_at, processed_at)
                        select gen_random_uuid(), '%s', 'none', '0@' || number, now(), now() - days * interval '1 day'
                          from generate_series(1, 5) as number
                         cross join unnest(array[0, 365]) as days
                        """
                                .formatted(consumer));
    }

    @Override
    public void assertDone() throws SQLException {
        assertThat(marks("true")).as("marks").isEqualTo(5);
        assertThat(marks("processed_at > now() - interval '1 day'")).as("young ones").isEqualTo(5);
    }

    private long marks(String condition) throws SQLException {
        return scene.ledger()
                .number(
                        Services.INVENTORY,
                        """
                        select count(*)
                          from messaging.processed_message
                         where consumer = '%s'
                           and %s
                        """
                                .formatted(consumer, condition));
    }
}
