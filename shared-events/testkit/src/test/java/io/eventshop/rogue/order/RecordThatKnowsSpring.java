package io.eventshop.rogue.order;

import org.springframework.core.io.Resource;

record RecordThatKnowsSpring(Resource resource) {}
