package io.eventshop.web.problem;

import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/// The beans of this package: one table of problems, the four places where exceptions end, and the
/// pages that problems lead to.
@Configuration(proxyBeanMethods = false)
@Import({ProblemErrorController.class, ProblemPages.class})
public class ProblemConfiguration {

    /// Behind the correlation id, which is to stand in the answer, and before all that may refuse.
    @Bean
    @FilterRegistration(order = Ordered.HIGHEST_PRECEDENCE + 20)
    ProblemResponder problemResponder(ObjectProvider<ServiceProblems> ofTheService) {
        return new ProblemResponder(new Problems(ofTheService.stream().toList()));
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
