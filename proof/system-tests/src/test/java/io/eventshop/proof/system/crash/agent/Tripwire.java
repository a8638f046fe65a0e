package io.eventshop.proof.system.crash.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Where woven methods report, and where the process ends.
///
/// Armed is what stands in a file: a line that names this arming, and then the steps that one
/// thread has to pass in this order. The last of them kills. All instances of a service share the
/// file, and whoever renames it dies: so it is one process, at one place, once, and its next start
/// finds nothing armed.
public final class Tripwire {

    public static final String ARMED_FILE = "armed";

    /// The same file, after it has killed.
    public static final String SPRUNG_FILE = "sprung";

    /// As `kill -9` would have it.
    public static final int EXIT_STATUS = 137;

    private static final ThreadLocal<Progress> PROGRESS =
            ThreadLocal.withInitial(() -> new Progress("", 0));

    private static volatile File armed = new File(ARMED_FILE);
    private static volatile File sprung = new File(SPRUNG_FILE);

    private Tripwire() {}

    /// How far this thread has come on the way to which crash.
    private record Progress(String arming, int passed) {}

    static void layIn(Path directory) {
        armed = directory.resolve(ARMED_FILE).toFile();
        sprung = directory.resolve(SPRUNG_FILE).toFile();
    }

    /// Called by woven code.
    public static void passed(String step) {
        if (armed.exists()) {
            List<String> lines = lines();
            if (lines.size() > 1) {
                passed(step, lines.getFirst(), lines.subList(1, lines.size()));
            }
        }
    }

    private static void passed(String step, String arming, List<String> steps) {
        Progress progress = PROGRESS.get();
        int passed = progress.arming().equals(arming) ? progress.passed() : 0;
        if (!steps.get(passed).equals(step)) {
            return;
        }
        if (passed + 1 < steps.size()) {
            PROGRESS.set(new Progress(arming, passed + 1));
        } else if (armed.renameTo(sprung)) {
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(armed.toPath());
        } catch (NoSuchFileException e) {
            return List.of(); // sprung meanwhile
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
