package io.eventshop.proof.system.crash;

/// The beginning or the end of a method: a place between two things that a service does.
///
/// @param method `class#method`
record Step(String method, Edge edge) {

    /// An end counts only if it is a return.
    enum Edge {
        BEFORE,
        AFTER
    }

    static Step before(String className, String method) {
        return new Step(className + "#" + method, Edge.BEFORE);
    }

    static Step after(String className, String method) {
        return new Step(className + "#" + method, Edge.AFTER);
    }

    /// As the agent knows it.
    String text() {
        return method
                + switch (edge) {
                    case BEFORE -> ":before";
                    case AFTER -> ":after";
                };
    }
}
