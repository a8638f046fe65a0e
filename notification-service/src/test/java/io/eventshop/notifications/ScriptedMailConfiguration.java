package io.eventshop.notifications;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/// Sends the service's mails to a scripted server.
@TestConfiguration(proxyBeanMethods = false)
class ScriptedMailConfiguration {

    @Bean
    ScriptedSmtpServer scriptedSmtpServer() {
        return new ScriptedSmtpServer();
    }

    @Bean
    DynamicPropertyRegistrar mailPort(ScriptedSmtpServer server) {
        return properties -> properties.add("spring.mail.port", server::port);
    }
}
