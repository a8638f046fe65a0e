package io.eventshop.launcher.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// PostgreSQL refuses to run as root. Where this JVM is root, its programs are made to see another
/// user.
///
/// `unshare -U` does that without another user existing: in a user namespace without a mapping root
/// looks like nobody, while its files still count as its own. Where namespaces are forbidden (some
/// containers), the programs run as the user nobody, who gets the directory.
final class OrdinaryUser {

    private static final String NOBODY = "65534";

    private OrdinaryUser() {}

    static List<String> command(List<String> arguments, Path directory) throws IOException {
        if (!isRoot()) {
            return arguments;
        }
        if (SystemCommand.succeeds(List.of("unshare", "-U", "true"))) {
            return prefixed(List.of("unshare", "-U"), arguments);
        }
        if (SystemCommand.succeeds(
                List.of("setpriv", "--reuid=" + NOBODY, "--clear-groups", "true"))) {
            own(directory);
            return prefixed(
                    List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"),
                    arguments);
        }
        throw new IllegalStateException(
                "PostgreSQL cannot run as root, and neither `unshare -U` nor `setpriv` works here:"
                        + " start this as an ordinary user");
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static List<String> prefixed(List<String> prefix, List<String> arguments) {
        var command = new ArrayList<>(prefix);
        command.addAll(arguments);
        return command;
    }

    private static void own(Path directory) throws IOException {
        var chown = List.of("chown", "-R", NOBODY + ":" + NOBODY, directory.toString());
        if (!SystemCommand.succeeds(chown) || !Files.isDirectory(directory)) {
            throw new IOException("nobody cannot be given " + directory);
        }
    }
}
