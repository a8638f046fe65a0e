package io.eventshop.web.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.EventType;
import io.eventshop.contracts.items.ItemListed;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.web.app.Http;
import io.eventshop.web.app.WebTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@WebTest
class SchemaControllerTest {

    private final MockMvcTester orderService =
            MockMvcTester.of(new SchemaController(ShopEvents.CATALOG, Topics.ORDERS.owner()));

    @Autowired Http http;

    static Stream<EventType<?>> ownEvents() {
        return ShopEvents.CATALOG.types().stream()
                .filter(type -> type.topic().equals(Topics.ORDERS));
    }

    @ParameterizedTest
    @MethodSource("ownEvents")
    void every_version_of_an_own_event_is_served_as_it_was_released(EventType<?> type)
            throws Exception {
        assertThat(orderService.get().uri(type.schemaPath()))
                .hasStatusOk()
                .hasContentType("application/schema+json")
                .body()
                .isEqualTo(new ClassPathResource(type.schemaResource()).getContentAsByteArray());
    }

    @Test
    void may_be_kept_for_ever() {
        String path = ShopEvents.CATALOG.of(OrderPlaced.class).schemaPath();
        var first = orderService.get().uri(path).exchange();

        assertThat(first)
                .headers()
                .hasValue("Cache-Control", "max-age=31536000, public, immutable");
        String tag = String.valueOf(first.getResponse().getHeader("ETag"));
        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        assertThat(orderService.get().uri(path).header("If-None-Match", tag))
                .hasStatus(HttpStatus.NOT_MODIFIED)
                .hasBodyTextEqualTo("")
                .hasHeader("ETag", tag);
    }

    @Test
    void what_is_not_its_own_is_not_found() {
        var _ = http.get("/schemas/orders.order-placed/9.0.0").problem(404, "not-found");
        var _ = http.get("/schemas/../1.0.0").problem(404, "not-found");
        var _ =
                http.get(ShopEvents.CATALOG.of(ItemListed.class).schemaPath())
                        .problem(404, "not-found");
    }
}
