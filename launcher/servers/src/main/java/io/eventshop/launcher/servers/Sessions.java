package io.eventshop.launcher.servers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Gives a child a session of its own, so that signals of the terminal pass it by.
final class Sessions {

    /// Linux has `setsid`; macOS has not, but Perl. Both replace themselves by the program, so that
    /// the child's pid is the program's.
    private static final List<String> PREFIX =
            isOnPath("setsid")
                    ? List.of("setsid")
                    : isOnPath("perl")
                            ? List.of("perl", "-MPOSIX=setsid", "-e", "setsid(); exec @ARGV", "--")
                            : List.of();

    private Sessions() {}

    static List<String> detached(List<String> arguments) {
        var detached = new ArrayList<>(PREFIX);
        detached.addAll(arguments);
        return detached;
    }

    static boolean isOnPath(String program) {
        var path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
