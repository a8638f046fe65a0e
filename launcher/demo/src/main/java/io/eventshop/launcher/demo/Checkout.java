package io.eventshop.launcher.demo;

import io.eventshop.launcher.services.Service;
import java.nio.file.Path;
import java.util.List;

/// Where things are: the sources, what was built from them for the demo, and what a running demo
/// writes. The last two are one git-ignored folder, unless a test wants a demo of its own.
public record Checkout(Path root, Path runDirectory) {

    /// The script `demo` says where both are, so that it works from any folder.
    public static Checkout fromScript() {
        return new Checkout(
                Path.of(System.getProperty("eventshop.checkout", "")).toAbsolutePath(),
                Path.of(System.getProperty("eventshop.run-directory", ".demo")).toAbsolutePath());
    }

    public List<Service> services() {
        return Service.in(root);
    }

    /// Services prepared for a quick start; shared by all demos of this checkout.
    public Path prepared() {
        return root.resolve(".demo").resolve("prepared");
    }

    public Path data() {
        return runDirectory.resolve("data");
    }

    /// What was done to the demo from outside; begins anew with its data.
    public Path history() {
        return data().resolve("history.jsonl");
    }

    /// Of the mail sink.
    public Path mails() {
        return data().resolve("mail");
    }

    public Path logs() {
        return runDirectory.resolve("logs");
    }

    public Path log(String part) {
        return logs().resolve(part + ".log");
    }

    public Path stateFile() {
        return runDirectory.resolve("state.json");
    }

    /// Lets one drill at a time break the demo.
    public Path drillLock() {
        return runDirectory.resolve("drill.lock");
    }

    public Path lockFile() {
        return runDirectory.resolve("launcher.pid");
    }
}
