package io.eventshop.rogue.circle.one;

import io.eventshop.rogue.circle.two.Two;

public record One(Two two) {}
