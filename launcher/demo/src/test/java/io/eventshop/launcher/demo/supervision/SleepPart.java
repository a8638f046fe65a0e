package io.eventshop.launcher.demo.supervision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part that does nothing, as a real process.
final class SleepPart implements Part {

    private final String name;
    private final List<String> journal;
    private volatile boolean broken;
    private volatile @Nullable Process process;

    SleepPart(String name, List<String> journal) {
        this.name = name;
        this.journal = journal;
    }

    void breakDown() {
        broken = true;
    }

    void repair() {
        broken = false;
    }

    void kill() {
        ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return 1;
    }

    @Override
    public void start() {
        if (broken) {
            throw new IllegalStateException(name + " is broken");
        }
        try {
            process = new ProcessBuilder("sleep", "600").start();
            journal.add("start " + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isAlive() {
        Process last = process;
        return last != null && last.isAlive();
    }

    @Override
    public long pid() {
        Process last = process;
        if (last == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return last.pid();
    }

    @Override
    public void stop() {
        Process last = process;
        if (last != null && last.isAlive()) {
            journal.add("stop " + name);
            last.destroyForcibly().onExit().join();
        }
    }
}
