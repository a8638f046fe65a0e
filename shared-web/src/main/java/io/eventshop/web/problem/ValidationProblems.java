package io.eventshop.web.problem;

import java.util.Objects;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/// What bean validation found: 422 for a body, which was understood, and 400 for a parameter,
/// without which it is not known what is asked for.
final class ValidationProblems {

    private ValidationProblems() {}

    static Problem of(MethodArgumentNotValidException e) {
        Errors found = e.getBindingResult();
        return e.getParameter().hasParameterAnnotation(RequestBody.class)
                ? inBody(found, "", invalidRequest())
                : inParameters(found);
    }

    static Problem of(HandlerMethodValidationException e) {
        boolean onlyBody =
                e.getParameterValidationResults().stream().allMatch(ValidationProblems::isBody);
        Problem problem = onlyBody ? invalidRequest() : invalidParameters();
        for (ParameterValidationResult result : e.getParameterValidationResults()) {
            problem = isBody(result) ? inBody(result, problem) : inParameter(result, problem);
        }
        return problem;
    }

    static Problem invalidRequest() {
        return Problem.of(CommonProblem.INVALID_REQUEST);
    }

    private static Problem inBody(Errors found, String prefix, Problem start) {
        Problem problem = start;
        for (FieldError error : found.getFieldErrors()) {
            problem = problem.at(prefix + JsonPointers.ofPath(error.getField()), sentence(error));
        }
        for (var error : found.getGlobalErrors()) {
            problem = problem.at(prefix, text(error));
        }
        return problem;
    }

    private static Problem inBody(ParameterValidationResult result, Problem start) {
        String prefix = result.getContainerIndex() == null ? "" : "/" + result.getContainerIndex();
        if (result instanceof ParameterErrors errors) {
            return inBody(errors, prefix, start);
        }
        Problem problem = start;
        for (var error : result.getResolvableErrors()) {
            problem = problem.at(prefix, text(error));
        }
        return problem;
    }

    private static Problem inParameters(Errors found) {
        Problem problem = invalidParameters();
        for (FieldError error : found.getFieldErrors()) {
            problem = problem.parameter(error.getField(), sentence(error));
        }
        return problem;
    }

    private static Problem inParameter(ParameterValidationResult result, Problem start) {
        String name =
                Objects.requireNonNullElse(
                        result.getMethodParameter().getParameterName(), "a parameter");
        Problem problem = start;
        for (var error : result.getResolvableErrors()) {
            problem = problem.parameter(name, text(error));
        }
        return problem;
    }

    private static boolean isBody(ParameterValidationResult result) {
        return result.getMethodParameter().hasParameterAnnotation(RequestBody.class);
    }

    private static Problem invalidParameters() {
        return Problem.of(CommonProblem.INVALID_PARAMETER);
    }

    /// Where a value could not even be converted, Spring's message names classes.
    private static String sentence(FieldError error) {
        return error.isBindingFailure() ? "is not of the type that is asked for" : text(error);
    }

    private static String text(MessageSourceResolvable error) {
        return Objects.requireNonNullElse(error.getDefaultMessage(), "is not valid");
    }
}
