package io.eventshop.launcher.demo.supervision;

import io.eventshop.launcher.demo.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Lets one launcher at a time use a run directory. The operating system holds the lock, so it ends
/// with the process, however that ends.
public final class CheckoutLock implements Closeable {

    private final FileChannel channel;

    private CheckoutLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Takes the lock, or says who has it.
    public static CheckoutLock take(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw Refusal.because(
                    "The demo already runs from this folder (process %s); end it with ./demo stop."
                            .formatted(Files.readString(file).strip()));
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(
                        Long.toString(ProcessHandle.current().pid())
                                .getBytes(StandardCharsets.US_ASCII)));
        return new CheckoutLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
