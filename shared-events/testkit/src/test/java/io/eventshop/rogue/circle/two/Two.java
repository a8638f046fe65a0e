package io.eventshop.rogue.circle.two;

import io.eventshop.rogue.circle.one.One;
import org.jspecify.annotations.Nullable;

public record Two(@Nullable One one) {}
