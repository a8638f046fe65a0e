package io.eventshop.web.problem;

import static java.util.Objects.requireNonNullElse;

import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/// What bean validation found: 422 for a body, which was understood, and 400 for a parameter,
/// without which it is not known what is asked for.
final class ValidationProblems {

    private ValidationProblems() {}

    static Problem of(MethodArgumentNotValidException e) {
        var problem = refusal(isBody(e.getParameter()));
        e.getAllErrors().forEach(error -> add(problem, e.getParameter(), "", error));
        return problem;
    }

    static Problem of(HandlerMethodValidationException e) {
        var results = e.getParameterValidationResults();
        var problem =
                refusal(results.stream().allMatch(result -> isBody(result.getMethodParameter())));
        for (var result : results) {
            String item =
                    result.getContainerIndex() == null ? "" : "/" + result.getContainerIndex();
            result.getResolvableErrors()
                    .forEach(error -> add(problem, result.getMethodParameter(), item, error));
        }
        return problem;
    }

    private static Problem refusal(boolean ofBody) {
        return Problem.of(ofBody ? CommonProblem.INVALID_REQUEST : CommonProblem.INVALID_PARAMETER);
    }

    /// @param item the pointer of a body's item, where the body is a list
    private static void add(
            Problem problem,
            MethodParameter parameter,
            String item,
            MessageSourceResolvable error) {
        String field = error instanceof FieldError e ? e.getField() : "";
        if (isBody(parameter)) {
            var _ = problem.at(item + JsonPointers.ofPath(field), sentence(error));
        } else {
            String name = requireNonNullElse(parameter.getParameterName(), "a parameter");
            var _ = problem.parameter(field.isEmpty() ? name : field, sentence(error));
        }
    }

    private static boolean isBody(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(RequestBody.class);
    }

    /// Where a value could not even be converted, Spring's message names classes.
    private static String sentence(MessageSourceResolvable error) {
        return error instanceof FieldError e && e.isBindingFailure()
                ? "is not of the type that is asked for"
                : requireNonNullElse(error.getDefaultMessage(), "is not valid");
    }
}
