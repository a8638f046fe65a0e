package io.eventshop.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A network that can fail: a loopback port that leads to a server, until it is told otherwise.
public final class TcpProxy implements AutoCloseable {

    private final int targetPort;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object changed = new Object();
    private @Nullable ServerSocket listener;
    private Thread acceptor;
    private boolean frozen;
    private volatile Duration delay = Duration.ZERO;

    public TcpProxy(int targetPort) {
        this.targetPort = targetPort;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        this.acceptor = acceptOn(listener);
    }

    /// Where clients connect; stays the same.
    public int port() {
        return port;
    }

    /// Breaks all connections and refuses new ones: the server is down.
    public synchronized void cut() {
        var open = listener;
        listener = null;
        if (open != null) {
            close(open);
            awaitEnd(acceptor);
        }
        breakConnections();
    }

    /// The port is open until the thread that waits in `accept` has left it, not only until `close`
    /// returns.
    private static void awaitEnd(Thread acceptor) {
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Breaks all connections, but takes new ones: a hiccup.
    public synchronized void breakConnections() {
        sockets.forEach(TcpProxy::close);
        sockets.clear();
    }

    /// Moves no byte any more, while connections stay open: a cable that was pulled.
    public void freeze() {
        synchronized (changed) {
            frozen = true;
        }
    }

    /// Holds back whatever arrives, in each direction, for this long: a slow link.
    public void delay(Duration delay) {
        this.delay = delay;
    }

    /// Works again. Bytes that were held back arrive.
    public synchronized void heal() {
        delay = Duration.ZERO;
        thaw();
        if (listener == null) {
            listener = listen(port);
            acceptor = acceptOn(listener);
        }
    }

    private void thaw() {
        synchronized (changed) {
            frozen = false;
            changed.notifyAll();
        }
    }

    private static ServerSocket listen(int port) {
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Thread acceptOn(ServerSocket listener) {
        return Thread.startVirtualThread(() -> {
            while (!listener.isClosed()) {
                try {
                    connect(listener.accept());
                } catch (IOException e) {
                    // The listener was closed, or the server does not answer: the client
                    // sees the same.
                }
            }
        });
    }

    private void connect(Socket client) throws IOException {
        sockets.add(client);
        var server = new Socket();
        try {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
        } catch (IOException e) {
            close(client);
            throw e;
        }
        sockets.add(server);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Thread.ofPlatform().daemon().start(() -> pump(client, server));
        Thread.ofPlatform().daemon().start(() -> pump(server, client));
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitPassage();
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side has gone; the other is closed on the way out.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void awaitPassage() throws InterruptedException {
        var held = delay;
        if (held.isPositive()) { // no time at all would still give up the processor
            Thread.sleep(held);
        }
        synchronized (changed) {
            while (frozen) {
                changed.wait();
            }
        }
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is broken, which is what was wanted.
        }
    }

    @Override
    public void close() {
        cut();
        thaw(); // for threads that wait with a broken connection
    }
}
