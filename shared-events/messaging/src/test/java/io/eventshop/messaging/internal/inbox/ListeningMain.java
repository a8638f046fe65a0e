package io.eventshop.messaging.internal.inbox;

import io.eventshop.launcher.servers.Database;

/// An instance of a service in a JVM of its own, to be killed, or to kill itself between the commit
/// of its first event and that of the offset.
final class ListeningMain {

    static final String READY = "ready";
    static final String HALT = "halt";
    static final String STAY = "stay";

    private ListeningMain() {}

    /// @param arguments the database's URL, user and password, the broker, the application's name,
    ///   the topic, and whether to halt or stay
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        var database = new Database(arguments[0], arguments[1], arguments[2]);
        boolean halts = arguments[6].equals(HALT);
        var _ =
                ListeningService.on(database, arguments[3])
                        .with("spring.application.name", arguments[4])
                        // It has no web server, whose threads would keep it.
                        .with("spring.main.keep-alive", true)
                        .start(
                                ListeningService.topic(arguments[5]),
                                (_, _) -> {
                                    if (halts) {
                                        haltAfterCommit();
                                    }
                                });
        System.out.println(READY);
    }

    private static void haltAfterCommit() {
        ReceiversTest.afterCommit(() -> Runtime.getRuntime().halt(9));
    }
}
