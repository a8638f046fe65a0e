package io.eventshop.web;

import org.springframework.boot.autoconfigure.AutoConfiguration;

/// The REST conventions of every service, from adding the dependency.
@AutoConfiguration
public class WebAutoConfiguration {}
