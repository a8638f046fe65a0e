package io.eventshop.proof.system.chaos;

import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.launcher.servers.Server;
import io.eventshop.launcher.servers.Signal;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// PostgreSQL and Kafka going down, standing still and coming back.
final class Servers {

    private Servers() {}

    /// Returns when it answers its clients.
    static void start(Server server) {
        if (!server.isAlive()) {
            server.start();
        }
    }

    /// Its children outlive it for a moment, and see by themselves that it is gone.
    static void kill(Server server) {
        server.kill();
    }

    static void killWithChildren(Server server) {
        var children = children(server);
        server.kill();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /// With its children, of which it gets no more while it stands still.
    static void pause(Server server) {
        server.pause();
        children(server).forEach(child -> Signal.STOP.send(child.pid()));
    }

    static void resume(Server server) {
        children(server).forEach(child -> Signal.CONT.send(child.pid()));
        server.resume();
    }

    private static List<ProcessHandle> children(Server server) {
        return ProcessHandle.of(server.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .sorted(Comparator.comparingLong(ProcessHandle::pid))
                .toList();
    }

    /// @param number chooses the session
    static void killSession(PostgresServer postgres, long number) throws SQLException {
        try (var connection = postgres.administrator().connect();
                var statement = connection.createStatement();
                var result =
                        statement.executeQuery(
                                """
                                select array_agg(pid order by pid)
                                  from pg_stat_activity
                                 where backend_type = 'client backend'
                                   and datname <> 'postgres'
                                """)) {
            if (result.next() && result.getArray(1) != null) {
                var pids = (Integer[]) result.getArray(1).getArray();
                Signal.KILL.send(pids[Math.floorMod(number, pids.length)]);
            }
        }
    }

    static List<String> thatEnded(Server... servers) {
        return Stream.of(servers)
                .filter(server -> !server.isAlive())
                .map(server -> server.name() + " does not run")
                .toList();
    }
}
