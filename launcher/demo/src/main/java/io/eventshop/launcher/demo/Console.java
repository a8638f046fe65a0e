package io.eventshop.launcher.demo;

import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// What the person in front of the terminal reads.
public record Console(PrintStream out, Clock clock) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    /// Something happened now.
    public void say(String sentence) {
        out.println(LocalTime.now(clock).format(TIME) + "  " + sentence);
    }

    /// Something to read or to paste, as it is.
    public void print(String text) {
        out.println(text);
    }
}
