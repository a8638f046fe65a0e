package io.eventshop.web.paging;

import io.eventshop.web.WebProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The beans of this package.
@Configuration(proxyBeanMethods = false)
public class PagingConfiguration {

    @Bean
    PageSizes pageSizes(WebProperties properties) {
        return new PageSizes(properties.pageSizeDefault(), properties.pageSizeMax());
    }
}
