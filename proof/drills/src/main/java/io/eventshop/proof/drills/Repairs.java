package io.eventshop.proof.drills;

import java.util.ArrayDeque;
import java.util.Deque;

/// What has to be done so that the demo is whole again. It is done when the drill says so, at the
/// latest at the drill's end, and also if that is Ctrl-C.
///
/// Only `kill -9` leaves a drill no time for it. A paused part then stays paused until the next
/// drill begins, which lets all parts go on.
final class Repairs implements AutoCloseable {

    private final Deque<Repair> open = new ArrayDeque<>();
    private boolean over;

    Repairs() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "repairs"));
    }

    /// Something that is broken; closing it repairs it, once.
    final class Repair implements AutoCloseable {

        private final Runnable work;

        private Repair(Runnable work) {
            this.work = work;
        }

        @Override
        public void close() {
            synchronized (Repairs.this) {
                if (open.remove(this)) {
                    work.run();
                }
            }
        }
    }

    /// Breaks something, unless the drill is at its end already: on Ctrl-C it may just be about to.
    synchronized Repair breaking(Runnable damage, Runnable repair) {
        if (over) {
            throw new IllegalStateException("the drill is over");
        }
        var broken = new Repair(repair);
        open.push(broken);
        damage.run();
        return broken;
    }

    /// The last thing that was broken is repaired first.
    @Override
    public synchronized void close() {
        over = true;
        while (!open.isEmpty()) {
            open.peek().close();
        }
    }
}
