package io.eventshop.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes a character every few milliseconds, for as long as it is let.
final class TickingMain {

    private TickingMain() {}

    public static void main(String[] arguments) throws Exception {
        var file = Path.of(arguments[0]);
        Files.writeString(file, "");
        System.out.println("ticking");
        while (true) {
            Files.writeString(file, ".", StandardOpenOption.APPEND);
            Thread.sleep(10);
        }
    }
}
