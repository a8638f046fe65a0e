package io.eventshop.web.idempotency;

import io.eventshop.messaging.database.SchemaMigration;
import io.eventshop.web.WebProperties;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The beans of this package, and its table in a schema of its own.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(DataSource.class)
public class IdempotencyConfiguration {

    @Bean
    SchemaMigration webSchema(DataSource dataSource) {
        return new SchemaMigration(dataSource, "web", "classpath:db/web");
    }

    @Bean
    IdempotencyKeys idempotencyKeys(DataSource dataSource) {
        return new IdempotencyKeys(JdbcClient.create(dataSource));
    }

    /// @param webSchema makes the table first
    @Bean
    IdempotencyKeyCleaning idempotencyKeyCleaning(
            DataSource dataSource, WebProperties properties, SchemaMigration webSchema) {
        return new IdempotencyKeyCleaning(
                JdbcClient.create(dataSource), properties.idempotencyKept());
    }
}
