package io.eventshop.rogue.order;

final class Sleeper {
    void sleep() throws InterruptedException {
        Thread.sleep(1);
    }
}
