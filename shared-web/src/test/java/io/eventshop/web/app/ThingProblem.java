package io.eventshop.web.app;

import io.eventshop.web.problem.ProblemType;
import org.springframework.http.HttpStatus;

/// A refusal of a service's own.
enum ThingProblem implements ProblemType {
    UNKNOWN_SKU;

    @Override
    public About about() {
        return new About(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "An item is not known",
                "A part is <b>of</b> an item that is not for sale.",
                "Correct the SKU.");
    }
}
