package io.eventshop.messaging.internal.rogue;

public record Machinery(int wheels) {}
