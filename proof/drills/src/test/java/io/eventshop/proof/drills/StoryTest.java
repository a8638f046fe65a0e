package io.eventshop.proof.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.demo.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Story story =
            new Story(
                    new Console(
                            new PrintStream(written, true, StandardCharsets.UTF_8),
                            Clock.systemUTC()));

    @Test
    void a_table_is_aligned_and_numbers_to_the_right() {
        story.table(
                "orders",
                List.of("order", "mails"),
                List.of(List.of("a1", "1"), List.of("a-long-one", "12")));

        assertThat(written.toString(StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines(
                        """
                            orders
                              order       mails
                              a1              1
                              a-long-one     12

                        """);
    }

    @Test
    void one_broken_promise_breaks_the_story() {
        story.promise(true, "%d mail", 1);
        assertThat(story.allKept()).isTrue();

        story.promise(false, "one reservation");
        story.promise(true, "nothing else");

        assertThat(story.allKept()).isFalse();
        assertThat(written.toString(StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines(
                        """
                        kept   1 mail
                        BROKEN one reservation
                        kept   nothing else
                        """);
    }
}
