package io.eventshop.web.limits;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/// Leaves the request's place before anything may be sent: when the answer is flushed, or is larger
/// than the buffer. Sending waits for the client to read. All that follows on the service's side is
/// to write down what is known already.
final class PlacelessResponse extends HttpServletResponseWrapper {

    private @Nullable ServletOutputStream body;

    PlacelessResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (body == null) {
            body = new Body(super.getOutputStream(), getBufferSize());
        }
        return body;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        Admission.leave();
        return super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
        Admission.leave();
        super.flushBuffer();
    }

    private static final class Body extends ServletOutputStream {

        private final ServletOutputStream body;
        private int bufferLeft;

        Body(ServletOutputStream body, int bufferSize) {
            this.body = body;
            this.bufferLeft = bufferSize;
        }

        @Override
        public void write(int b) throws IOException {
            before(1);
            body.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            before(length);
            body.write(bytes, offset, length);
        }

        private void before(int length) {
            bufferLeft = Math.max(0, bufferLeft - length);
            if (bufferLeft == 0) {
                Admission.leave();
            }
        }

        @Override
        public void flush() throws IOException {
            Admission.leave();
            body.flush();
        }

        @Override
        public void close() throws IOException {
            Admission.leave();
            body.close();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            body.setWriteListener(listener);
        }
    }
}
