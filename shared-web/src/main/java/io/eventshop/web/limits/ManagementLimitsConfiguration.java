package io.eventshop.web.limits;

import jakarta.servlet.Filter;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.web.servlet.FilterRegistration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// The limits of the management port, which has its own server and sees no filter of the public
/// one: the same for slow clients and large bodies, with memory of its own for them. Nothing is
/// admitted there: it must answer when nothing else does.
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Import({PromptRequests.class, RequestBodyFilter.class})
class ManagementLimitsConfiguration {

    @Bean
    @FilterRegistration(order = LimitsConfiguration.AFTER_PROBLEMS - 1)
    Filter managementProblems(@Qualifier("problemResponder") Filter ofThePublicPort) {
        return ofThePublicPort;
    }
}
