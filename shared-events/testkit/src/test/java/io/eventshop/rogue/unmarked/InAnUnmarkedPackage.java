package io.eventshop.rogue.unmarked;

final class InAnUnmarkedPackage {}
