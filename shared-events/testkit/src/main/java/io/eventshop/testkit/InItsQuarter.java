package io.eventshop.testkit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Leaves out a proof that belongs to other quarters than the chosen one.
final class InItsQuarter implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var quarters = Quarter.of(context.getRequiredTestClass());
        return quarters.stream().anyMatch(Quarter.chosen()::contains)
                ? ConditionEvaluationResult.enabled("chosen")
                : ConditionEvaluationResult.disabled("belongs to quarters " + quarters);
    }
}
