package io.eventshop.web.problem;

import java.util.List;
import java.util.Objects;
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
        return add(
                isBody(e.getParameter()) ? invalidRequest() : invalidParameters(),
                e.getParameter(),
                "",
                e.getAllErrors());
    }

    static Problem of(HandlerMethodValidationException e) {
        var results = e.getParameterValidationResults();
        Problem problem =
                results.stream().allMatch(result -> isBody(result.getMethodParameter()))
                        ? invalidRequest()
                        : invalidParameters();
        for (var result : results) {
            Integer index = result.getContainerIndex();
            problem =
                    add(
                            problem,
                            result.getMethodParameter(),
                            index == null ? "" : "/" + index,
                            result.getResolvableErrors());
        }
        return problem;
    }

    static Problem invalidRequest() {
        return Problem.of(CommonProblem.INVALID_REQUEST);
    }

    private static Problem invalidParameters() {
        return Problem.of(CommonProblem.INVALID_PARAMETER);
    }

    private static Problem add(
            Problem start,
            MethodParameter parameter,
            String prefix,
            List<? extends MessageSourceResolvable> errors) {
        Problem problem = start;
        for (var error : errors) {
            String field = error instanceof FieldError e ? e.getField() : "";
            String name =
                    field.isEmpty()
                            ? Objects.requireNonNullElse(
                                    parameter.getParameterName(), "a parameter")
                            : field;
            problem =
                    isBody(parameter)
                            ? problem.at(prefix + JsonPointers.ofPath(field), sentence(error))
                            : problem.parameter(name, sentence(error));
        }
        return problem;
    }

    private static boolean isBody(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(RequestBody.class);
    }

    /// Where a value could not even be converted, Spring's message names classes.
    private static String sentence(MessageSourceResolvable error) {
        return error instanceof FieldError e && e.isBindingFailure()
                ? "is not of the type that is asked for"
                : Objects.requireNonNullElse(error.getDefaultMessage(), "is not valid");
    }
}
