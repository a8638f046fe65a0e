package io.eventshop.messaging.database;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;

/// The one place at which something is put under, or over, the service's data sources.
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@ConditionalOnClass(HikariDataSource.class)
public class DatabaseAutoConfiguration {

    /// Every data source, so that nobody has to remember; once it has its settings, and before
    /// anybody uses it. Static, and the layers looked up late: it is made before all beans that it
    /// looks at.
    @Bean
    static BeanPostProcessor dataSourceLayers(ObjectProvider<DataSourceLayer> layers) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool) {
                    ReconnectingDataSource.under(pool);
                }
                if (bean instanceof DataSource outermost) {
                    for (DataSourceLayer layer : layers.orderedStream().toList()) {
                        outermost = layer.over(outermost);
                    }
                    return outermost;
                }
                return bean;
            }
        };
    }

    /// The service's own migrations are run as the libraries' are.
    @Bean
    FlywayConfigurationCustomizer patientMigrations() {
        return SchemaMigration::configure;
    }

    @Bean
    @ConditionalOnMissingBean
    FlywayMigrationStrategy migrationUntilLocksAreFree() {
        return SchemaMigration::migrate;
    }
}
