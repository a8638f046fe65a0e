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
        try {
            var docker =
                    new ProcessBuilder(inspectImages())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            boolean answered = docker.waitFor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
            docker.destroyForcibly();
            return answered && docker.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no Docker
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> inspectImages() {
        var command = new ArrayList<>(List.of("docker", "image", "inspect"));
        command.addAll(List.of(POSTGRES_IMAGE, KAFKA_IMAGE));
        if (!Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
            command.add(RYUK_IMAGE);
        }
        boolean inContainer = Files.exists(Path.of("/.dockerenv"));
        if (inContainer && System.getenv("TESTCONTAINERS_HOST_OVERRIDE") == null) {
            command.add(TINY_IMAGE);
        }
        return command;
    }
}
