package io.eventshop.rival.item;

public final class ItemService {}
