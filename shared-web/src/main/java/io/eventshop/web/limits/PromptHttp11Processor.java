package io.eventshop.web.limits;

import io.eventshop.web.problem.CommonProblem;
import io.eventshop.web.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Adapter;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/// Receives a request, head and body, within 5 s of its first byte. Tomcat's own time-outs begin
/// anew with each byte, so a client that sends one every few seconds would never be given up.
///
/// A head that is not complete in time ends the connection without an answer: nobody knows yet what
/// was asked for. No thread waits for it, so the time that is left is simply the read time-out of
/// the socket.
///
/// A body is read by a thread that waits, in places that cannot be counted beforehand: between
/// chunks, within the length of a chunk, and after a refusal, when the rest is read and thrown
/// away. So the deadline closes the receiving half of the connection: whoever waits is woken, and
/// the other half is still there for the answer, 408.
final class PromptHttp11Processor extends Http11Processor {

    static final Duration RECEIVED_WITHIN = Duration.ofSeconds(5);

    private static final long NOT_STARTED = -1;
    private static final long READ_GRACE_MILLIS = 1_000;

    private static final CompletableFuture<@Nullable Void> NOTHING_EXPECTED =
            CompletableFuture.completedFuture(null);

    /// The current request's body. Whichever comes first completes it: its end or the deadline.
    private CompletableFuture<@Nullable Void> received = NOTHING_EXPECTED;

    private boolean serving;

    PromptHttp11Processor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
        super(protocol, adapter);
        request.setInputBuffer(new PromptBody(request.getInputBuffer()));
    }

    @Override
    public SocketState service(SocketWrapperBase<?> socket) throws IOException {
        SocketState state;
        serving = true;
        try {
            state = super.service(socket);
        } finally {
            serving = false;
            expectNothing();
        }
        return isHeadIncomplete(state) ? receiveMore(socket) : state;
    }

    /// Also where nothing but blank lines came, which Tomcat takes for no request yet.
    private boolean isHeadIncomplete(SocketState state) {
        return (state == SocketState.LONG || state == SocketState.OPEN)
                && !isAsync()
                && request.getStartTimeNanos() != NOT_STARTED;
    }

    private SocketState receiveMore(SocketWrapperBase<?> socket) {
        long millis = millisLeft();
        if (millis <= 0) {
            return SocketState.CLOSED;
        }
        socket.setReadTimeout(millis);
        return SocketState.LONG;
    }

    /// While a socket is served: asked for as soon as the head of a request is complete, and before
    /// anyone reads its body. Otherwise also when the processor is cleared for another connection.
    @Override
    public Adapter getAdapter() {
        if (serving) {
            expectNothing();
            if (!isRequestBodyFullyRead()) {
                expectBody();
            }
        }
        return super.getAdapter();
    }

    private void expectNothing() {
        var _ = received.complete(null);
        received = NOTHING_EXPECTED;
    }

    private void expectBody() {
        var socket = getSocketWrapper();
        long millis = Math.max(1, millisLeft());
        // Later than the deadline, which is to be what ends a read.
        socket.setReadTimeout(millis + READ_GRACE_MILLIS);
        var channel = ((NioChannel) socket.getSocket()).getIOChannel();
        received = new CompletableFuture<>();
        var _ =
                received.orTimeout(millis, TimeUnit.MILLISECONDS)
                        .exceptionally(_ -> stopReceiving(channel));
    }

    /// From the first byte on, which the request has noted.
    private long millisLeft() {
        var taken = Duration.ofNanos(System.nanoTime() - request.getStartTimeNanos());
        return RECEIVED_WITHIN.minus(taken).toMillis();
    }

    private static @Nullable Void stopReceiving(SocketChannel channel) {
        try {
            var _ = channel.shutdownInput();
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class PromptBody implements InputBuffer {

        private final InputBuffer body;

        PromptBody(InputBuffer body) {
            this.body = body;
        }

        /// @throws Problem 408, if the body was not complete in time. No `IOException`, which
        ///   Tomcat would answer itself
        @Override
        public int doRead(ApplicationBufferHandler handler) throws IOException {
            try {
                int read = body.doRead(handler);
                if (read < 0 && !received.complete(null) && isTooLate()) {
                    throw Problem.of(CommonProblem.REQUEST_TIMEOUT);
                }
                return read;
            } catch (IOException e) {
                if (isTooLate()) {
                    throw Problem.of(CommonProblem.REQUEST_TIMEOUT);
                }
                throw e;
            }
        }

        private boolean isTooLate() {
            return received.isCompletedExceptionally();
        }

        @Override
        public int available() {
            return body.available();
        }
    }
}
