package io.eventshop.proof.system.bugs;

import io.eventshop.proof.shop.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// One mistake in one source file of this checkout: a snippet of it, and what stands there instead.
///
/// @param source below the top of the checkout
/// @param right what the file says, with its white space; exactly once
/// @param wrong what the buggy build says
record Patch(String source, String right, String wrong) {

    private static final String MESSAGING =
            "shared-events/messaging/src/main/java/io/eventshop/messaging/internal/";

    static Patch messaging(String source, String right, String wrong) {
        return new Patch(MESSAGING + source, right, wrong);
    }

    Path file() {
        return Services.root().resolve(source);
    }

    /// @param text of the file, perhaps with other mistakes in it already
    /// @throws IllegalStateException if the snippet is not there exactly once: the code has
    ///   changed, and the mistake has to be made anew
    String applyTo(String text) {
        int at = text.indexOf(right);
        if (at < 0 || text.indexOf(right, at + 1) >= 0) {
            throw new IllegalStateException(
                    "%s has not exactly once:%n%s".formatted(source, right));
        }
        return text.substring(0, at) + wrong + text.substring(at + right.length());
    }

    String read() throws IOException {
        return Files.readString(file());
    }
}
