package io.eventshop.web.problem;

import java.util.List;

/// The refusals that are a service's own, besides [CommonProblem]. A service declares one bean for
/// each enum that it has of them; each gets its page at `/problems/<slug>`.
public record ProblemTypes(List<ProblemType> all) {

    public ProblemTypes {
        all = List.copyOf(all);
    }

    public static ProblemTypes of(ProblemType... types) {
        return new ProblemTypes(List.of(types));
    }
}
