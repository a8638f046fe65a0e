package io.eventshop.web.idempotency;

import io.eventshop.messaging.database.SchemaMigration;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The beans of this package, and its table in a schema of its own.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(DataSource.class)
@Import({IdempotencyKeys.class, IdempotencyKeyCleaning.class})
public class IdempotencyConfiguration {

    @Bean
    SchemaMigration webSchema(DataSource dataSource) {
        return new SchemaMigration(dataSource, "web", "classpath:db/web");
    }
}
