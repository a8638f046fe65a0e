package io.eventshop.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A network that can fail: a loopback port that leads to a server, until it is told otherwise.
public final class TcpProxy implements AutoCloseable {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final int targetPort;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Socket> stranded = ConcurrentHashMap.newKeySet();
    private ServerSocket listener;
    private ExecutorService acceptor;
    private volatile CountDownLatch frozen = new CountDownLatch(0);
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
        close(listener);
        // The port is open until the thread that waits in `accept` has left it.
        acceptor.close();
        breakConnections();
    }

    /// Breaks all connections, but takes new ones: a hiccup.
    public synchronized void breakConnections() {
        sockets.forEach(TcpProxy::close);
        sockets.clear();
    }

    /// Moves no byte any more, while connections stay open: a cable that was pulled.
    public synchronized void freeze() {
        if (frozen.getCount() == 0) {
            frozen = new CountDownLatch(1);
        }
    }

    /// Moves no byte any more on the connections that are there, which stay open, and takes new
    /// ones: a firewall that has forgotten them. They do not heal.
    public synchronized void strand() {
        stranded.addAll(sockets);
    }

    /// Holds back whatever arrives, in each direction, for this long: a slow link.
    public void delay(Duration delay) {
        this.delay = delay;
    }

    /// Works again. Bytes that were held back arrive.
    public synchronized void heal() {
        delay = Duration.ZERO;
        frozen.countDown();
        if (listener.isClosed()) {
            listener = listen(port);
            acceptor = acceptOn(listener);
        }
    }

    private static ServerSocket listen(int port) {
        try {
            return new ServerSocket(port, 0, LOOPBACK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ExecutorService acceptOn(ServerSocket listener) {
        var acceptor = Executors.newVirtualThreadPerTaskExecutor();
        acceptor.execute(() -> {
            while (!listener.isClosed()) {
                try {
                    connect(listener.accept());
                } catch (IOException e) {
                    // The listener was closed.
                }
            }
        });
        return acceptor;
    }

    private void connect(Socket client) {
        sockets.add(client);
        try {
            var server = new Socket(LOOPBACK, targetPort);
            sockets.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread.ofPlatform().daemon().start(() -> pump(client, server));
            Thread.ofPlatform().daemon().start(() -> pump(server, client));
        } catch (IOException e) {
            close(client); // The server does not answer: the client sees the same.
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            var buffer = new byte[64 * 1024];
            var in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                var held = delay;
                if (held.isPositive()) { // no time at all would still give up the processor
                    Thread.sleep(held);
                }
                frozen.await();
                if (!stranded.contains(from)) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
        } catch (IOException | InterruptedException e) {
            // One side has gone; the other is closed on the way out.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
            stranded.remove(from);
            stranded.remove(to);
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
        frozen.countDown(); // for threads that wait with a broken connection
    }
}
