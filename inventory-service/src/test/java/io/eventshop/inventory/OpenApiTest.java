package io.eventshop.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Sku;
import io.eventshop.inventory.item.ItemService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The examples of the OpenAPI document are requests that work on the demo's data.
@InventoryTest
class OpenApiTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired private ItemService items;
    @Autowired private Inventory inventory;
    @LocalServerPort private int port;

    @Test
    void the_examples_work_on_the_demo_data() {
        new DemoData(items).run(new DefaultApplicationArguments());
        var http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
        var document =
                JSON.readTree(
                        http.get()
                                .uri("/v3/api-docs")
                                .exchange()
                                .returnResult(byte[].class)
                                .getResponseBody());
        var put = document.at("/paths/~1api~1v1~1items~1{sku}/put");
        var post = document.at("/paths/~1api~1v1~1items~1{sku}~1receipts/post");
        var onHand = inventory.item(new Sku("KEYBOARD-1")).onHand();

        http.put()
                .uri("/api/v1/items/" + sku(put))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body(document, put).toString())
                .exchange()
                .expectStatus()
                .isOk();
        http.post()
                .uri("/api/v1/items/" + sku(post) + "/receipts")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body(document, post).toString())
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(document.at("/openapi").asString()).startsWith("3.1");
        assertThat(inventory.listingsOf(new Sku("KEYBOARD-1"))).hasSize(1);
        assertThat(inventory.item(new Sku("KEYBOARD-1")).onHand()).isEqualTo(onHand + 500);
    }

    private static String sku(JsonNode operation) {
        return operation.at("/parameters/0/example").asString();
    }

    private static JsonNode body(JsonNode document, JsonNode operation) {
        return example(document, operation.at("/requestBody/content/application~1json/schema"));
    }

    /// What Swagger UI would fill in.
    private static JsonNode example(JsonNode document, JsonNode schema) {
        if (schema.has("$ref")) {
            return example(document, document.at(schema.get("$ref").asString().substring(1)));
        }
        if (schema.has("example")) {
            return schema.get("example");
        }
        ObjectNode example = JSON.createObjectNode();
        schema.get("properties")
                .forEachEntry((name, property) -> example.set(name, example(document, property)));
        return example;
    }
}
