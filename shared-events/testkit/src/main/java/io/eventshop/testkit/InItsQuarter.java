package io.eventshop.testkit;

import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Leaves out a proof that belongs to other quarters than the chosen one.
final class InItsQuarter implements ExecutionCondition {

    private final List<Integer> chosen;

    /// For JUnit.
    InItsQuarter() {
        this(Quarter.chosen());
    }

    InItsQuarter(List<Integer> chosen) {
        this.chosen = chosen;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return evaluate(context.getRequiredTestClass());
    }

    ConditionEvaluationResult evaluate(Class<?> proof) {
        var quarters = Quarter.of(proof);
        return quarters.stream().anyMatch(chosen::contains)
                ? ConditionEvaluationResult.enabled("chosen")
                : ConditionEvaluationResult.disabled("belongs to quarters " + quarters);
    }
}
