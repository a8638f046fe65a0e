package io.eventshop.system.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.testkit.CommittedFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EventsPageTest {

    private static final Path TOP = Path.of("..");

    @Test
    void the_committed_page_says_what_the_code_does() {
        new CommittedFile("../docs/events.md").assertSays(EventsPage.write(Consumers.read(TOP)));
    }

    @Test
    void every_event_has_a_producer_and_every_version_a_line_of_its_history() {
        String page = EventsPage.write(Consumers.read(TOP));

        assertThat(EventCatalog.all())
                .allSatisfy(type ->
                        assertThat(page)
                                .contains("`" + type.name() + "`")
                                .contains("- **" + type.version() + "** (")
                                .contains(type.schemaResource()));
    }
}
