package io.eventshop.rogue.order.web;

import org.springframework.jdbc.core.simple.JdbcClient;

record ControllerThatKnowsJdbc(JdbcClient orders) {}
