package io.eventshop.launcher.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Command lines for another JVM like this one: same Java, same class path.
public final class JavaProgram {

    private JavaProgram() {}

    /// @param main a class with a `main` method on the class path of this JVM
    public static List<String> command(
            Class<?> main, List<String> jvmOptions, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(classPath());
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }

    /// The `java` that runs this JVM.
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// Surefire hides the tests' class path in the manifest of a jar of its own.
    public static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
