package io.eventshop.inventory;

import java.util.ArrayList;
import java.util.List;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/// Listens to the statements that JPA sends from the thread that listens.
@TestConfiguration(proxyBeanMethods = false)
public class Statements {

    private static final ScopedValue<List<String>> HEARD = ScopedValue.newInstance();

    @Bean
    HibernatePropertiesCustomizer listener() {
        StatementInspector inspector =
                sql -> {
                    if (HEARD.isBound()) {
                        HEARD.get().add(sql);
                    }
                    return sql;
                };
        return properties ->
                properties.put("hibernate.session_factory.statement_inspector", inspector);
    }

    /// @return the statements of this work, in their order; those of one JDBC batch count once
    public static List<String> during(Runnable work) {
        var heard = new ArrayList<String>();
        ScopedValue.where(HEARD, heard).run(work);
        return heard;
    }
}
