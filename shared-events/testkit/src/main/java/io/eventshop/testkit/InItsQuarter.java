package io.eventshop.testkit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/// Leaves out a proof that belongs to another quarter than the chosen one.
final class InItsQuarter implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        int quarter =
                AnnotationSupport.findAnnotation(context.getTestClass(), Proof.class)
                        .map(Proof::quarter)
                        .orElse(0);
        return quarter == 0 || Quarter.chosen().contains(quarter)
                ? ConditionEvaluationResult.enabled("chosen")
                : ConditionEvaluationResult.disabled("belongs to quarter " + quarter);
    }
}
