package io.eventshop.web.app;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/// A test over real HTTP. All of them share one running service.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = ThingService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(Http.class)
public @interface WebTest {}
