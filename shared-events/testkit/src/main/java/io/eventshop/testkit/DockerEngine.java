package io.eventshop.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Whether containers can be had here, found out without hanging: an engine that does not answer,
/// or a registry that cannot be reached, would cost each test JVM minutes.
final class DockerEngine {

    static final String POSTGRES_IMAGE = "postgres:18-alpine";
    static final String KAFKA_IMAGE = "apache/kafka:4.2.2";

    /// What Testcontainers starts besides, to clean up and to find the way to the host.
    private static final String RYUK_IMAGE = "testcontainers/ryuk:0.14.0";

    private static final String TINY_IMAGE = "alpine:3.17";

    private static final long ANSWER_SECONDS_MAX = 5;

    private DockerEngine() {}

    /// Whether an engine answers in time and has the images already.
    static boolean isReady() {
        var inspect = new ArrayList<>(List.of("docker", "image", "inspect"));
        inspect.addAll(imagesNeeded());
        try {
            var docker =
                    new ProcessBuilder(inspect)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (docker.waitFor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
                return docker.exitValue() == 0;
            }
            docker.destroyForcibly();
        } catch (IOException e) {
            return false; // there is no Docker
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static List<String> imagesNeeded() {
        var images = new ArrayList<>(List.of(POSTGRES_IMAGE, KAFKA_IMAGE));
        if (!Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
            images.add(RYUK_IMAGE);
        }
        boolean inContainer = Files.exists(Path.of("/.dockerenv"));
        if (inContainer && System.getenv("TESTCONTAINERS_HOST_OVERRIDE") == null) {
            images.add(TINY_IMAGE);
        }
        return images;
    }
}
