package io.eventshop.messaging.database;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whose fault a failure of a statement is, by its SQLState: the one table from which the inbox
/// decides about events and the web layer about requests. `docs/sqlstates.md` goes through
/// PostgreSQL's catalogue class by class and gives the reasons.
///
/// Only what is surely not the statement's own fault is listed. A statement that fails for
/// everybody, for example because a table is missing, says nothing of that in its state.
public enum SqlFault {
    /// Another transaction's: it holds a lock, and nobody knows for how long.
    LOCK("55P03"),

    /// Another transaction's: lost against it, and likely to succeed when repeated.
    CONTENTION("40"),

    /// The server's or its operator's, whatever the statement: no writes, no room, no entry.
    SERVER("25006|28|3D|53(?!400)|57P0[34]"),

    /// The session's: it was lost or ended, or server and session disagree. It passes in another
    /// session, unless the statement is what brings each of them down.
    SESSION("08|0A|25P0[34]|26|42P05|53400|57|58|F0|XX"),

    /// The statement's or its data's.
    STATEMENT("");

    private final Pattern states;

    SqlFault(String states) {
        this.states = Pattern.compile(states);
    }

    /// The first that lists the state, or the beginning of it.
    ///
    /// @param state null or empty for a failure of the driver or the pool; the server always names
    ///   one
    public static SqlFault of(@Nullable String state) {
        if (state == null || state.isEmpty()) {
            return SESSION;
        }
        return Stream.of(values())
                .filter(fault -> fault.states.matcher(state).lookingAt())
                .findFirst()
                .orElse(STATEMENT);
    }
}
