package io.eventshop.web.app;

import io.eventshop.web.problem.ProblemType;
import org.springframework.http.HttpStatus;

/// A refusal of a service's own.
enum ThingProblem implements ProblemType {
    UNKNOWN_SKU;

    @Override
    public HttpStatus status() {
        return HttpStatus.UNPROCESSABLE_CONTENT;
    }

    @Override
    public String title() {
        return "An item is not known";
    }

    @Override
    public String meaning() {
        return "A part is <b>of</b> an item that is not for sale.";
    }

    @Override
    public String remedy() {
        return "Correct the SKU.";
    }
}
