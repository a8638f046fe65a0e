package io.eventshop.launcher.demo.parts;

import io.eventshop.launcher.demo.supervision.Part;
import io.eventshop.launcher.servers.Server;

/// One of the real servers as a part of the demo.
final class ServerPart implements Part {

    private final Server server;
    private final Runnable afterStart;
    private volatile boolean starting;

    /// @param afterStart what is to be done before anyone else may use the server
    ServerPart(Server server, Runnable afterStart) {
        this.server = server;
        this.afterStart = afterStart;
    }

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public void start() {
        starting = true;
        server.start();
        afterStart.run();
        starting = false;
    }

    @Override
    public boolean isAlive() {
        return server.isAlive();
    }

    @Override
    public long pid() {
        return server.pid();
    }

    /// A server that is being started cannot be asked anything, and nobody uses it yet; all of them
    /// survive a kill.
    @Override
    public void stop() {
        if (starting && isAlive()) {
            ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
        server.stop();
    }
}
