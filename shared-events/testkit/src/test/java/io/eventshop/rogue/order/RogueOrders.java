package io.eventshop.rogue.order;

import org.springframework.data.repository.Repository;

public interface RogueOrders extends Repository<RogueOrder, String> {}
