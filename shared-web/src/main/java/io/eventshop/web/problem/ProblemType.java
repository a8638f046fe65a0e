package io.eventshop.web.problem;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/// A kind of problem: what a client switches on, and what stands on its page. Implemented by enums,
/// [CommonProblem] and one for each service that has refusals of its own, so that no problem can be
/// told that has no page; see [ServiceProblems].
public interface ProblemType {

    /// The enum constant's name. It makes the slug, so renaming a constant breaks clients.
    String name();

    About about();

    /// Lower-case words with hyphens; stable, the document's `type` is `/problems/<slug>`.
    default String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What is said of every problem of one type.
    ///
    /// @param meaning what has happened, for a developer who has never seen this problem
    /// @param remedy what the client can do about it
    record About(HttpStatus status, String title, String meaning, String remedy) {}
}
