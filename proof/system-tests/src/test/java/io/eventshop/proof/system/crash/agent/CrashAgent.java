package io.eventshop.proof.system.crash.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;

/// What `-javaagent` calls before the service's own `main`.
public final class CrashAgent {

    /// Lists the steps at which this service may be made to crash, one a line.
    public static final String STEPS_FILE = "steps";

    private CrashAgent() {}

    /// @param directory where the test says at which steps to stop by, and which is armed
    public static void premain(String directory, Instrumentation instrumentation)
            throws IOException {
        Path traps = Path.of(directory);
        Tripwire.layIn(traps);
        instrumentation.addTransformer(new Weaver(Files.readAllLines(traps.resolve(STEPS_FILE))));
    }
}
