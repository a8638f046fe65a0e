package io.eventshop.proof.system.crash;

import io.eventshop.proof.system.crash.agent.CrashAgent;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/// The agent's few classes as `-javaagent` wants them. Made from the test classes each time, so
/// that neither a module nor anything that is shipped has to know of it.
final class AgentJar {

    private AgentJar() {}

    static Path in(Path directory) throws IOException, URISyntaxException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(new Attributes.Name("Premain-Class"), CrashAgent.class.getName());
        Path jar = directory.resolve("crash-agent.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            Path top =
                    Path.of(
                            CrashAgent.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            for (Path file : classFiles(top)) {
                out.putNextEntry(new JarEntry(top.relativize(file).toString()));
                out.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }

    private static List<Path> classFiles(Path top) throws IOException {
        Path directory = top.resolve(CrashAgent.class.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.endsWith("package-info.class")).toList();
        }
    }
}
