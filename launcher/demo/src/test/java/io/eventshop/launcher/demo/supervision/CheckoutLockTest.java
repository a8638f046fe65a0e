package io.eventshop.launcher.demo.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That a second process is refused is a part of the demo's own test: one process may always lock
/// again what it has locked.
class CheckoutLockTest {

    @TempDir Path folder;

    @Test
    void the_lock_says_who_has_it_and_can_be_taken_again_when_it_was_released() throws IOException {
        Path file = folder.resolve("launcher.pid");
        try (var _ = CheckoutLock.take(file)) {
            assertThat(Files.readString(file))
                    .isEqualTo(Long.toString(ProcessHandle.current().pid()));
        }

        try (var lock = CheckoutLock.take(file)) {
            assertThat(lock).isNotNull();
        }
    }
}
