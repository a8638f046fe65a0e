package io.eventshop.messaging;

import io.eventshop.testkit.ConfigurationPage;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    @Test
    void the_page_says_what_each_property_is_and_when_to_change_it() {
        ConfigurationPage.listsPropertiesOf("messaging");
    }
}
