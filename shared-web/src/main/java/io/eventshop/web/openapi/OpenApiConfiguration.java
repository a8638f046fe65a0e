package io.eventshop.web.openapi;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The beans of this package.
@Configuration(proxyBeanMethods = false)
@Import({CommonOpenApi.class, CommonParameters.class, RecordSchemas.class})
public class OpenApiConfiguration {}
