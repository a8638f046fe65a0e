package io.eventshop.web.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The refusals that are a service's own, besides [CommonProblem]. A service declares one bean for
/// each enum that it has of them.
public interface ServiceProblems {

    /// Each gets its page at `/problems/<slug>`.
    List<? extends ProblemType> types();

    /// What the domain refuses, said in HTTP: the one place where that is decided.
    ///
    /// @return null if this exception is none of the domain's refusals
    default @Nullable Problem of(Throwable thrown) {
        return null;
    }
}
