package io.eventshop.proof.benchmark;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.launcher.servers.Database;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/// A service with the messaging library and almost nothing else, wired as every service is.
final class SmallService {

    private SmallService() {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        EventCatalog events() {
            return ShopEvents.CATALOG;
        }
    }

    /// @param settings besides the database's, the broker's and the application's name
    /// @param beans what the service declares for the library
    static ConfigurableApplicationContext start(
            String name,
            Database database,
            Servers servers,
            Map<String, Object> settings,
            Consumer<GenericApplicationContext> beans) {
        var all = new HashMap<>(settings);
        all.put("spring.application.name", name);
        all.put("spring.config.import", "classpath:eventshop-messaging.yml");
        all.put("spring.datasource.url", database.url());
        all.put("spring.datasource.username", database.username());
        all.put("spring.datasource.password", database.password());
        all.put("spring.kafka.bootstrap-servers", servers.bootstrapServers());
        all.put("spring.main.banner-mode", "off");
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> beans.accept((GenericApplicationContext) context))
                .run(arguments(all));
    }

    /// As an environment would, they win over the common settings.
    private static String[] arguments(Map<String, Object> settings) {
        return settings.entrySet().stream()
                .map(setting -> "--%s=%s".formatted(setting.getKey(), setting.getValue()))
                .toArray(String[]::new);
    }
}
