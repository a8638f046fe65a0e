package io.eventshop.contracts;

import java.util.List;

/// What an aggregate makes of an input. An input that none in this state can meet, unless somebody
/// is broken, is no decision but an exception: it becomes a dead letter, and a person looks at it.
public sealed interface Decision {

    /// The aggregate has changed, and says so.
    ///
    /// @param events in the order in which they were counted
    record Happened(List<NumberedEvent> events) implements Decision {

        public Happened {
            events = List.copyOf(events);
        }

        public Happened(NumberedEvent event) {
            this(List.of(event));
        }
    }

    /// The aggregate is already where the input would bring it, or what has changed is no news to
    /// others: no event.
    record Unchanged() implements Decision {}

    /// Two messages crossed on their way, as they may. Nothing to do, but worth counting: many of
    /// them mean that answers are slow.
    record Crossed() implements Decision {}

    /// No, and the one who asked can be told why.
    record Refused(String why) implements Decision {}

    /// What is to be appended.
    default List<NumberedEvent> events() {
        return this instanceof Happened(var events) ? events : List.of();
    }
}
