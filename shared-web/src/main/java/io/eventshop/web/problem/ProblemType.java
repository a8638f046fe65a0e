package io.eventshop.web.problem;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/// A kind of problem: what a client switches on, and what stands on its page. Implemented by enums,
/// [CommonProblem] and one for each service that has refusals of its own, so that no problem can be
/// told that has no page; see [ProblemTypes].
public interface ProblemType {

    /// The enum constant's name. It makes the slug, so renaming a constant breaks clients.
    String name();

    HttpStatus status();

    /// The same for every problem of this type.
    String title();

    /// What has happened, for a developer who has never seen this problem.
    String meaning();

    /// What the client can do about it.
    String remedy();

    /// Lower-case words with hyphens; stable, the document's `type` is `/problems/<slug>`.
    default String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
