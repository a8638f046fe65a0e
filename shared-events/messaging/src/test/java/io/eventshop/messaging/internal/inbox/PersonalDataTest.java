package io.eventshop.messaging.internal.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.shop.ShopEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {

    private final PersonalData personal = new PersonalData(ShopEvents.CATALOG);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'orderId':'1','email':'canary@example.test'}",
                "{'email':['canary@example.test'],'orderId':'1'}",
                "{'email':{'value':'canary@example.test'}}",
                "{'data':{'email':'canary@example.test'},'id':'1'}",
                "{'data_base64':'canary'}",
                "[{'email':'canary@example.test'}]",
                "{'\\u0065mail':'canary@example.test'}",
                "{'email':'','email':'canary@example.test'}",
                "{'orderId':'1','email':'canary@example.t",
                "{'orderId':'1'} 'email':'canary@example.test'",
                "{'orderId':'1'},{'email':'canary@example.test'}",
                "{email:canary@example.test}"
            })
    void what_is_personal_is_hidden_in_whatever_lies_in_a_letter(String data) {
        String shown = personal.hiddenIn(data.replace('\'', '"').getBytes(UTF_8));

        assertThat(shown).contains("***").doesNotContain("canary");
    }

    @Test
    void all_else_is_shown_as_it_is() {
        assertThat(personal.hiddenIn("{ \"orderId\" : 1.50 }".getBytes(UTF_8)))
                .isEqualTo("{ \"orderId\" : 1.50 }");
        assertThat(personal.hiddenIn("{broken".getBytes(UTF_8))).isEqualTo("{broken");
        assertThat(personal.hiddenIn(new byte[0])).isEmpty();
        assertThat(personal.hiddenIn("{\"a\":1,\"email\":\"x\"}".getBytes(UTF_8)))
                .isEqualTo("{\"a\":1,\"email\":\"***\"}");
    }
}
