package io.eventshop.messaging;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.InitializingBean;

/// Migrates a library's own schema in the service's database, with a Flyway history of its own, so
/// that the services number their migrations freely.
///
/// It is no bean of a Flyway type on purpose: Boot backs off from migrating the service's schema as
/// soon as it finds one. Several instances may start at once; Flyway lets one migrate and the
/// others wait. An unreachable database fails the start, as it does for the service's own
/// migrations.
public final class SchemaMigration implements InitializingBean {

    private final DataSource dataSource;
    private final String schema;
    private final String location;

    /// @param location of the SQL files, e.g. `classpath:db/messaging`
    public SchemaMigration(DataSource dataSource, String schema, String location) {
        this.dataSource = dataSource;
        this.schema = schema;
        this.location = location;
    }

    @Override
    public void afterPropertiesSet() {
        var _ =
                Flyway.configure()
                        .dataSource(dataSource)
                        .schemas(schema)
                        .locations(location)
                        .failOnMissingLocations(true)
                        .load()
                        .migrate();
    }
}
