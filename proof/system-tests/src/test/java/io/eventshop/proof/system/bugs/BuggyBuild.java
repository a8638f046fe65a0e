package io.eventshop.proof.system.bugs;

import static java.util.Objects.requireNonNull;

import io.eventshop.launcher.servers.JavaProgram;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.shop.PreparedServices;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/// A service whose classes are today's, but for the few that have a mistake in them. Those are
/// compiled from the sources of this checkout and go before the service's own.
final class BuggyBuild {

    private BuggyBuild() {}

    /// How an instance is run. Without its AOT cache, which holds only for an unchanged class path.
    static List<String> command(Service service, List<Patch> patches) {
        try {
            var prepared = PreparedServices.of(service);
            var jar = prepared.jar();
            var classes = compile(sources(patches), classPath(jar));
            var command = new ArrayList<>(prepared.command(JavaProgram.java()));
            command.removeIf(word -> word.startsWith("-XX:AOTCache"));
            command.subList(command.indexOf("-jar"), command.size()).clear();
            command.addAll(
                    List.of("-cp", classes + ":" + jar, PreparedServices.mainClass(service)));
            return command;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All patches of a file go into one copy of it.
    private static List<Path> sources(List<Patch> patches) throws IOException {
        Map<Path, String> texts = new LinkedHashMap<>();
        for (Patch patch : patches) {
            String text = texts.containsKey(patch.file()) ? texts.get(patch.file()) : patch.read();
            texts.put(patch.file(), patch.applyTo(requireNonNull(text)));
        }
        var sources = Trees.temporary("bug-sources");
        var written = new ArrayList<Path>();
        for (var text : texts.entrySet()) {
            var folder = Files.createTempDirectory(sources, "source");
            written.add(
                    Files.writeString(
                            folder.resolve(requireNonNull(text.getKey().getFileName())),
                            text.getValue()));
        }
        return written;
    }

    private static List<Path> classPath(Path jar) throws IOException {
        var path = new ArrayList<Path>();
        path.add(jar);
        try (var libraries = Files.list(jar.resolveSibling("lib"))) {
            libraries.forEach(path::add);
        }
        return path;
    }

    private static Path compile(List<Path> sources, List<Path> classPath) throws IOException {
        Path classes = Trees.temporary("bug-classes");
        JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler());
        var messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
            var units = files.getJavaFileObjectsFromPaths(sources);
            var options = List.of("-parameters", "-proc:none", "-nowarn");
            if (!compiler.getTask(messages, files, null, options, null, units).call()) {
                throw new IllegalStateException("the bug does not compile: " + messages);
            }
        }
        return classes;
    }
}
