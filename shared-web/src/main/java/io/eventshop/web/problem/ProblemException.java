package io.eventshop.web.problem;

/// Carries a [Problem] up to the edge. Thrown inside a transaction it rolls back like any other
/// unchecked exception, so a refusal leaves nothing behind. It has no stack trace: a refusal is an
/// answer, not a fault, and load must not make it expensive.
public final class ProblemException extends RuntimeException {

    private final Problem problem;

    public ProblemException(Problem problem) {
        super(problem.slug() + ": " + problem.title(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
