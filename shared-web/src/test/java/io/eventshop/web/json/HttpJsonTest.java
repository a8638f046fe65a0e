package io.eventshop.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.web.app.Http;
import io.eventshop.web.app.WebTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

@WebTest
class HttpJsonTest {

    @Autowired Http http;
    @Autowired JsonMapper ofTheApplication;

    record Item(Sku sku, Money unitPrice, @Nullable String note, int available) {}

    @Test
    void contracts_are_written_as_they_are_on_the_wire() {
        var json = HttpJson.mapper();
        var item = new Item(new Sku("CHAIR-1"), new Money(1999, "EUR"), null, 3);

        var text = json.writeValueAsString(item);

        assertThat(text)
                .isEqualTo(
                        """
                        {"sku":"CHAIR-1","unitPrice":{"amountMinor":1999,"currency":"EUR"},\
                        "available":3}\
                        """);
        assertThat(json.readValue(text, Item.class)).isEqualTo(item);
    }

    @Test
    void instants_are_iso_text_and_nulls_are_left_out() {
        assertThat(http.get("/api/v1/instant").body())
                .isEqualTo("[\"2026-11-23T10:15:30.123456Z\"]");
        assertThat(
                        http.post("/api/v1/things", "{\"name\": \"json\", \"quantity\": 1}")
                                .json()
                                .has("note"))
                .isFalse();
    }

    @Test
    void the_mapper_of_the_application_stays_as_lenient_as_it_was() {
        var json = "{\"amountMinor\": \"5\", \"currency\": \"EUR\", \"new\": 1}";

        assertThat(ofTheApplication.readValue(json, Money.class)).isEqualTo(new Money(5, "EUR"));
    }
}
