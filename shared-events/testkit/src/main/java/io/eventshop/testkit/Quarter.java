package io.eventshop.testkit;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/// The proofs are cut into four fixed quarters, since all of them take longer than a change can
/// wait: `-Deventshop.quarter=3` runs the third and leaves out what belongs to others; without it
/// all four run. `.ci/run` draws one from the commit, so that four changes have seen about
/// everything.
public final class Quarter implements ExecutionCondition {

    /// Their numbers.
    public static final List<Integer> ALL = List.of(1, 2, 3, 4);

    /// For JUnit.
    Quarter() {}

    /// The numbers of the quarters that this run has.
    ///
    /// @throws IllegalStateException if there is no such quarter
    public static List<Integer> chosen() {
        return chosen(System.getProperty("eventshop.quarter", ""));
    }

    static List<Integer> chosen(String quarter) {
        if (quarter.isEmpty()) {
            return ALL;
        }
        var chosen = ALL.stream().filter(one -> one.toString().equals(quarter)).toList();
        if (chosen.isEmpty()) {
            throw new IllegalStateException(
                    "eventshop.quarter is one of %s, not %s".formatted(ALL, quarter));
        }
        return chosen;
    }

    /// Those of a class of proofs, or of a method that is one.
    ///
    /// @throws IllegalStateException if it names none, or one that never comes
    public static List<Integer> of(AnnotatedElement proof) {
        var quarters =
                AnnotationSupport.findAnnotation(proof, Proof.class).stream()
                        .flatMap(found -> Arrays.stream(found.quarters()).boxed())
                        .toList();
        if (quarters.isEmpty() || !ALL.containsAll(quarters)) {
            throw new IllegalStateException(
                    "%s belongs to quarters %s, which are not of %s"
                            .formatted(name(proof), quarters, ALL));
        }
        return quarters;
    }

    private static String name(AnnotatedElement proof) {
        return switch (proof) {
            case Class<?> type -> type.getSimpleName();
            case Method method -> method.getName();
            default -> proof.toString();
        };
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return evaluate(proof(context.getRequiredTestClass(), context.getTestMethod()), chosen());
    }

    /// The method itself, if it is a proof; those of a class of proofs are asked too, and belong to
    /// it.
    static AnnotatedElement proof(Class<?> type, Optional<Method> method) {
        return method.filter(one -> AnnotationSupport.isAnnotated(one, Proof.class))
                .<AnnotatedElement>map(one -> one)
                .orElse(type);
    }

    static ConditionEvaluationResult evaluate(AnnotatedElement proof, List<Integer> chosen) {
        var quarters = of(proof);
        return quarters.stream().anyMatch(chosen::contains)
                ? ConditionEvaluationResult.enabled("chosen")
                : ConditionEvaluationResult.disabled("belongs to quarters " + quarters);
    }
}
