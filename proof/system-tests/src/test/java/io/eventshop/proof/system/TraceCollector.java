package io.eventshop.proof.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.eventshop.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Takes what the services export by OTLP and finds one trace in it. A batch of spans names its
/// service and holds each span's trace id as 16 raw bytes, so looking for both needs no decoder.
final class TraceCollector implements AutoCloseable {

    private final String traceId = UUID.randomUUID().toString().replace("-", "");
    private final Queue<String> batches = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    TraceCollector() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            batches.add(
                    new String(
                            exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    String endpoint() {
        return "http://localhost:" + server.getAddress().getPort() + "/v1/traces";
    }

    /// The id of the trace that is looked for; whoever starts it sends it along.
    String traceId() {
        return traceId;
    }

    void awaitSpansOf(List<String> services) {
        Eventually.await("spans of " + services + " in trace " + traceId)
                .until(() -> services.stream().allMatch(this::hasSpanOf));
    }

    private boolean hasSpanOf(String service) {
        String id = new String(HexFormat.of().parseHex(traceId), StandardCharsets.ISO_8859_1);
        return batches.stream().anyMatch(batch -> batch.contains(service) && batch.contains(id));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
