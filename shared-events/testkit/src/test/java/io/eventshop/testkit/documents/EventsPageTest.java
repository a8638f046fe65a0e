package io.eventshop.testkit.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.launcher.services.Sources;
import io.eventshop.testkit.CommittedFile;
import org.junit.jupiter.api.Test;

class EventsPageTest {

    @Test
    void the_committed_page_says_what_the_code_does() {
        new CommittedFile("../../docs/events.md")
                .assertSays(EventsPage.write(Consumers.read(Sources.root())));
    }

    @Test
    void every_event_has_a_producer_and_every_version_a_line_of_its_history() {
        String page = EventsPage.write(Consumers.read(Sources.root()));

        assertThat(ShopEvents.CATALOG.types())
                .allSatisfy(type ->
                        assertThat(page)
                                .contains("`" + type.name() + "`")
                                .contains("- **" + type.version() + "** (")
                                .contains(type.schemaResource()));
    }
}
