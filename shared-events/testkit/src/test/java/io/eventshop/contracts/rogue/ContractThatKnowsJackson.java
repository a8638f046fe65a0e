package io.eventshop.contracts.rogue;

import tools.jackson.databind.JsonNode;

record ContractThatKnowsJackson(JsonNode data) {}
