package io.eventshop.messaging.internal.outbox;

import com.fasterxml.uuid.Generators;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.messaging.AggregateTable;
import io.eventshop.messaging.AppendListener;
import io.eventshop.messaging.MessagingProperties;
import io.eventshop.messaging.internal.codec.EventCodec;
import java.time.Clock;
import java.util.List;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// The outbox as [OutboxConfiguration] puts it together, without Spring's help.
public final class TestOutbox {

    private TestOutbox() {}

    public static Stamp stamp(Clock clock, TraceContext trace) {
        return new Stamp(
                new MessagingProperties(false, "http://localhost:8081"),
                ShopEvents.CATALOG,
                new EventCodec(ShopEvents.CATALOG),
                clock,
                Generators.timeBasedEpochGenerator()::generate,
                trace);
    }

    public static OutboxTable on(
            DataSource dataSource,
            Stamp stamp,
            List<AggregateTable> tables,
            List<AppendListener> listeners,
            IntConsumer relayWakeUp) {
        var participating = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        participating.setPropagationBehavior(TransactionDefinition.PROPAGATION_MANDATORY);
        var statements = AppendStatement.all(JdbcClient.create(dataSource), tables);
        return new OutboxTable(participating, statements, stamp, listeners, relayWakeUp);
    }
}
