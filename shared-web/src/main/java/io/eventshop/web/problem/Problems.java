package io.eventshop.web.problem;

import java.util.List;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/// What a client is told about an exception: the one table of the whole system. What is not in it
/// is a fault of ours, a bare 500 that tells nothing.
final class Problems {

    private final List<ServiceProblems> ofTheService;

    Problems(List<ServiceProblems> ofTheService) {
        this.ofTheService = ofTheService;
    }

    Problem of(Throwable thrown) {
        return switch (thrown) {
            case Problem problem -> problem;
            case HttpMessageNotReadableException e -> BodyProblems.of(e);
            case MethodArgumentNotValidException e -> ValidationProblems.of(e);
            case HandlerMethodValidationException e when !e.isForReturnValue() ->
                    ValidationProblems.of(e);
            case MethodArgumentTypeMismatchException e ->
                    invalidParameter(e.getName(), "is not of the type that is asked for");
            case MissingServletRequestParameterException e ->
                    invalidParameter(e.getParameterName(), "is required");
            case MissingRequestHeaderException e ->
                    invalidParameter(e.getHeaderName(), "is required");
            case ServletRequestBindingException _ -> Problem.of(HttpStatus.BAD_REQUEST);
            case NoResourceFoundException _, NoHandlerFoundException _ ->
                    Problem.notFound("There is nothing at this path.");
            case InvalidParameterException e ->
                    Problem.ofStatus(e.getErrorCode())
                            .detail("The query or the form cannot be decoded.");
            case ErrorResponse e when e.getStatusCode().isError() ->
                    Problem.ofStatus(e.getStatusCode().value()).headers(e.getHeaders());
            default -> behindWrappers(thrown);
        };
    }

    private static Problem invalidParameter(String name, String detail) {
        return Problem.of(CommonProblem.INVALID_PARAMETER).parameter(name, detail);
    }

    private Problem behindWrappers(Throwable thrown) {
        return ofTheService.stream()
                .flatMap(problems -> Stream.ofNullable(problems.of(thrown)))
                .findFirst()
                .or(() -> Causes.find(thrown, Problem.class))
                .or(() -> Causes.find(thrown, InvalidParameterException.class).map(this::of))
                .or(() -> DatabaseProblems.of(thrown))
                .orElseGet(() -> Problem.of(HttpStatus.INTERNAL_SERVER_ERROR));
    }
}
