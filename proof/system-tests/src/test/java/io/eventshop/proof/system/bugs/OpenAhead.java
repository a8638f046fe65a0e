package io.eventshop.proof.system.bugs;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Opens the next shop while something happens to the one before it: starting services is most of
/// the work, and most of what happens is waiting. So there are two laboratories, in turn.
final class OpenAhead implements AutoCloseable {

    private final List<Laboratory> laboratories = List.of(new Laboratory(), new Laboratory());
    private final List<@Nullable SeededBug> order;
    private final ExecutorService opener = Executors.newSingleThreadExecutor();
    private int next;
    private Future<SmallShop> opening;

    /// @param order in which the shops will be asked for; null is a shop as it ships
    OpenAhead(List<@Nullable SeededBug> order) {
        this.order = order;
        this.opening = opener.submit(opened(0));
    }

    /// The shop with this bug. The one before has to be closed.
    SmallShop open(@Nullable SeededBug bug) throws Throwable {
        while (order.get(next) != bug) { // a test was left out
            take().close();
        }
        return take();
    }

    private SmallShop take() throws Throwable {
        try {
            return opening.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        } finally {
            next++;
            if (next < order.size()) {
                opening = opener.submit(opened(next));
            }
        }
    }

    private Callable<SmallShop> opened(int number) {
        return () -> laboratories.get(number % laboratories.size()).open(order.get(number));
    }

    @Override
    public void close() {
        opener.close();
        laboratories.forEach(Laboratory::close);
    }
}
