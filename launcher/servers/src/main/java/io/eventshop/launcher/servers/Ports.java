package io.eventshop.launcher.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Loopback ports.
public final class Ports {

    /// Below what systems hand out to outgoing connections, so that none of these takes a port
    /// between the choice and the server's start.
    private static final int FIRST = 20_000;

    private static final int LAST = 31_999;
    private static final int TRIES = 200;
    private static final int COUNT = LAST - FIRST + 1;

    /// Begins anywhere, so that two JVMs do not choose alike.
    private static final AtomicInteger NEXT = new AtomicInteger(new SecureRandom().nextInt(COUNT));

    private Ports() {}

    /// A port that nobody listens on, and that this JVM was not given before: who asks for several
    /// before a server listens on the first gets different ones. Another process may take it before
    /// the caller does: be ready to ask again.
    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "found no free port between %d and %d".formatted(FIRST, LAST));
    }

    /// Whether a server could listen on this port of the loopback interface now.
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether something listens there. A connection that nobody takes may be given this very port
    /// as its own, and reaches itself.
    public static boolean isOpen(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return socket.getLocalPort() != port;
        } catch (IOException e) {
            return false;
        }
    }
}
