package io.eventshop.web.problem;

import io.eventshop.web.WebProperties;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// The beans of this package: one table of problems, the four places where exceptions end, and the
/// pages that problems lead to.
@Configuration(proxyBeanMethods = false)
public class ProblemConfiguration {

    @Bean
    ProblemResponder problemResponder(WebProperties properties) {
        return new ProblemResponder(new Problems(properties.retryAfter()));
    }

    @Bean
    ProblemAdvice problemAdvice(ProblemResponder responder) {
        return new ProblemAdvice(responder);
    }

    /// Behind the correlation id, which is to stand in the answer, and before all that may refuse.
    @Bean
    FilterRegistrationBean<ProblemFilter> problemFilter(ProblemResponder responder) {
        var filter = new FilterRegistrationBean<>(new ProblemFilter(responder));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
        return filter;
    }

    @Bean
    ProblemErrorController problemErrorController() {
        return new ProblemErrorController();
    }

    @Bean
    ProblemPages problemPages(ObjectProvider<ProblemTypes> ofTheService) {
        return new ProblemPages(ofTheService.stream());
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReportValve() {
        return factory ->
                factory.addContextCustomizers(context -> {
                    if (context.getParent() instanceof StandardHost host) {
                        host.setErrorReportValveClass(ProblemReportValve.class.getName());
                    }
                });
    }
}
