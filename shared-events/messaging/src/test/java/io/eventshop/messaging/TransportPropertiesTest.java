package io.eventshop.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.messaging.kafka.KafkaBroker;
import io.eventshop.messaging.transport.Broker;
import io.eventshop.testkit.EventShopTestConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@ExtendWith(OutputCaptureExtension.class)
class TransportPropertiesTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(EventShopTestConfiguration.class)
    static class Service {

        @Bean
        EventCatalog events() {
            return ShopEvents.CATALOG;
        }
    }

    @Test
    void kafka_carries_the_events_unless_another_is_named() {
        try (var context = service().run()) {
            assertThat(context.getBean(Broker.class)).isInstanceOf(KafkaBroker.class);
        }
        try (var context = service("eventshop.transport=kafka").run()) {
            assertThat(context.getBean(Broker.class)).isInstanceOf(KafkaBroker.class);
            // Of the transport's own settings.
            assertThat(context.getEnvironment().getProperty("spring.kafka.admin.auto-create"))
                    .isEqualTo("false");
        }
    }

    @Test
    void a_transport_in_upper_case_ends_the_start(CapturedOutput output) {
        assertThatThrownBy(service("eventshop.transport=Kafka")::run).isNotNull();

        assertThat(output).contains("eventshop.transport is in lower-case letters");
    }

    @Test
    void a_transport_that_no_module_brings_ends_the_start_with_one_sentence(CapturedOutput output) {
        var service = service("eventshop.transport=kafak");

        assertThatThrownBy(service::run).isNotNull();

        assertThat(output)
                .contains("Invalid value 'kafak' for configuration property 'eventshop.transport'")
                .contains("no module on the class path brings this transport");
    }

    private static SpringApplicationBuilder service(String... settings) {
        return new SpringApplicationBuilder(Service.class)
                .web(WebApplicationType.NONE)
                .properties("spring.config.import=classpath:eventshop-messaging.yml")
                .properties("spring.application.name=transports", "spring.main.banner-mode=off")
                .properties(settings);
    }
}
