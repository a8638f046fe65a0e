package io.eventshop.messaging.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/// Migrates a library's own schema in the service's database, with a Flyway history of its own, so
/// that the services number their migrations freely.
///
/// It is no bean of a Flyway type on purpose: Boot backs off from migrating the service's schema as
/// soon as it finds one. Several instances may start at once; Flyway lets one migrate and the
/// others wait. An unreachable database fails the start, as it does for the service's own
/// migrations.
///
/// `spring.flyway.enabled=false` switches it off together with them: the training run for the AOT
/// cache builds the whole application where there is no database.
public final class SchemaMigration implements InitializingBean, EnvironmentAware {

    private final DataSource dataSource;
    private final String schema;
    private final String location;
    private boolean enabled = true;

    /// @param location of the SQL files, e.g. `classpath:db/messaging`
    public SchemaMigration(DataSource dataSource, String schema, String location) {
        this.dataSource = dataSource;
        this.schema = schema;
        this.location = location;
    }

    @Override
    public void setEnvironment(Environment environment) {
        enabled = environment.getProperty("spring.flyway.enabled", Boolean.class, true);
    }

    @Override
    public void afterPropertiesSet() {
        if (!enabled) {
            return;
        }
        var _ =
                Flyway.configure()
                        .dataSource(unbounded(dataSource))
                        .schemas(schema)
                        .locations(location)
                        .failOnMissingLocations(true)
                        .load()
                        .migrate();
    }

    /// Connections to the pool's database without the limits of the pool's sessions, which suit
    /// requests: a migration may work for long, and Flyway holds its lock in a transaction that is
    /// idle meanwhile.
    public static DataSource unbounded(DataSource pool) {
        return DataSourceBuilder.derivedFrom(pool).type(SimpleDriverDataSource.class).build();
    }
}
