package io.eventshop.web.paging;

import io.eventshop.web.problem.CommonProblem;
import io.eventshop.web.problem.Problem;
import org.jspecify.annotations.Nullable;

/// Reads `limit`. A bean; its limits are `eventshop.web.page-size-default` and `page-size-max`.
public final class PageSizes {

    private final int defaultSize;
    private final int max;

    public PageSizes(int defaultSize, int max) {
        this.defaultSize = defaultSize;
        this.max = max;
    }

    public int defaultSize() {
        return defaultSize;
    }

    public int max() {
        return max;
    }

    /// @param limit the query parameter as sent, null if it was not
    /// @throws io.eventshop.web.problem.ProblemException 400 `invalid-parameter`: a size that is
    ///   too large is refused, not lowered, so that nobody takes a short page for the last one
    public int parse(@Nullable String limit) {
        if (limit == null) {
            return defaultSize;
        }
        if (limit.matches("[1-9][0-9]{0,8}") && Integer.parseInt(limit) <= max) {
            return Integer.parseInt(limit);
        }
        throw Problem.of(CommonProblem.INVALID_PARAMETER)
                .parameter("limit", "a whole number from 1 to " + max)
                .exception();
    }
}
