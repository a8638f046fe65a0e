package io.eventshop.launcher.services;

import java.nio.file.Files;
import java.nio.file.Path;

/// The checkout that a test or a proof runs in.
public final class Sources {

    private Sources() {}

    /// The folder of the outermost module around the working directory, whichever module that is.
    public static Path root() {
        Path root = Path.of("").toAbsolutePath();
        for (Path above = root.getParent();
                above != null && Files.exists(above.resolve("pom.xml"));
                above = above.getParent()) {
            root = above;
        }
        return root;
    }
}
