package io.eventshop.messaging.internal.inbox;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.launcher.servers.Database;
import io.eventshop.messaging.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/// A service that was started as any other is, by Boot and the messaging library, and has one
/// consumer. It notes each event in the table `effect`, and before that does what a test wants.
final class ListeningService implements AutoCloseable {

    static final String CONSUMER = "effects";

    private final ConfigurableApplicationContext context;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    /// @param settings besides the database's, the broker's and the application's name
    private ListeningService(
            EventCatalog catalog,
            Topic topic,
            BiConsumer<JdbcTemplate, OrderConfirmed> before,
            Map<String, Object> settings) {
        context =
                new SpringApplicationBuilder(Application.class)
                        .web(WebApplicationType.NONE)
                        .initializers(context -> {
                            var beans = (GenericApplicationContext) context;
                            beans.registerBean(EventCatalog.class, () -> catalog);
                            register(beans, topic, before);
                        })
                        .run(arguments(settings));
    }

    /// As an environment would, they win over the common settings.
    private static String[] arguments(Map<String, Object> settings) {
        return settings.entrySet().stream()
                .map(setting -> "--%s=%s".formatted(setting.getKey(), setting.getValue()))
                .toArray(String[]::new);
    }

    private static void register(
            GenericApplicationContext context,
            Topic topic,
            BiConsumer<JdbcTemplate, OrderConfirmed> before) {
        context.registerBean(
                Subscription.class,
                () -> {
                    var jdbc = context.getBean(JdbcTemplate.class);
                    return Subscription.named(CONSUMER)
                            .from(topic)
                            .on(
                                    OrderConfirmed.class,
                                    (event, metadata, _) -> {
                                        before.accept(jdbc, event);
                                        int _ =
                                                jdbc.update(
                                                        "insert into effect (event_id) values (?)",
                                                        metadata.id());
                                        return List.of();
                                    });
                });
    }

    /// A topic's name that nothing else uses; the topic itself is not made.
    static Topic topic() {
        return topic("orders-" + UUID.randomUUID());
    }

    static Topic topic(String name) {
        return new Topic(
                name, Topics.ORDERS.owner(), "order", "orderId", Topics.ORDERS.retention());
    }

    static Builder on(Database database, String bootstrapServers) {
        return new Builder(database, bootstrapServers);
    }

    /// Starts instances of one service: same database, same group.
    static final class Builder {
        private final Map<String, Object> settings = new HashMap<>();
        private @Nullable EventCatalog catalog;

        private Builder(Database database, String bootstrapServers) {
            settings.putAll(
                    Map.of(
                            "spring.config.import",
                            "classpath:eventshop-messaging.yml",
                            "spring.application.name",
                            "listener-" + UUID.randomUUID(),
                            "spring.datasource.url",
                            database.url(),
                            "spring.datasource.username",
                            database.username(),
                            "spring.datasource.password",
                            database.password(),
                            "spring.kafka.bootstrap-servers",
                            bootstrapServers,
                            "spring.main.banner-mode",
                            "off",
                            // The service's own migrations, beside the library's.
                            "spring.flyway.locations",
                            "classpath:db/listening",
                            "eventshop.inbox.retry-delay-max",
                            "1s"));
        }

        Builder with(String name, Object value) {
            settings.put(name, value);
            return this;
        }

        Builder knowing(EventCatalog events) {
            catalog = events;
            return this;
        }

        ListeningService start(Topic topic) {
            return start(topic, (_, _) -> {});
        }

        ListeningService start(Topic topic, BiConsumer<JdbcTemplate, OrderConfirmed> before) {
            var known = catalog == null ? EventCatalog.of(confirmedOn(topic)) : catalog;
            return new ListeningService(known, topic, before, settings);
        }

        private static EventType<?> confirmedOn(Topic topic) {
            var type = ShopEvents.CATALOG.of(OrderConfirmed.class);
            return new EventType<>(type.name(), type.version(), type.payload(), topic);
        }
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    List<UUID> effects() {
        return bean(JdbcTemplate.class)
                .query(
                        "select event_id from effect order by n",
                        (row, _) -> row.getObject(1, UUID.class));
    }

    int count(String table) {
        Integer count =
                bean(JdbcTemplate.class)
                        .queryForObject("select count(*) from " + table, Integer.class);
        return count == null ? 0 : count;
    }

    @Override
    public void close() {
        context.close();
    }
}
