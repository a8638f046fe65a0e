package io.eventshop.web.problem;

import java.net.SocketTimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.PropertyBindingException;
import tools.jackson.databind.exc.ValueInstantiationException;

/// Why a body could not be read. In our own words: Jackson's messages name classes.
final class BodyProblems {

    private BodyProblems() {}

    static Problem of(HttpMessageNotReadableException unreadable) {
        var ours = Causes.find(unreadable, Problem.class);
        if (ours.isPresent()) {
            return ours.get();
        }
        if (Causes.find(unreadable, SocketTimeoutException.class).isPresent()) {
            return Problem.of(HttpStatus.REQUEST_TIMEOUT);
        }
        return Causes.find(unreadable, JacksonException.class)
                .map(BodyProblems::ofJson)
                .orElseGet(() -> Problem.of(CommonProblem.MISSING_BODY));
    }

    private static Problem ofJson(JacksonException e) {
        return switch (e) {
            case PropertyBindingException _ ->
                    Problem.of(CommonProblem.UNKNOWN_FIELD).at(JsonPointers.of(e), "is not known");
            case ValueInstantiationException _ ->
                    ValidationProblems.invalidRequest().at(JsonPointers.of(e), "is not valid");
            case MismatchedInputException _ -> wrongType(e);
            case InputCoercionException _ -> wrongType(e);
            case StreamConstraintsException _ ->
                    malformed().detail("A text, a number or the nesting is too long.");
            default -> syntax(e);
        };
    }

    private static Problem wrongType(JacksonException e) {
        return Problem.of(CommonProblem.WRONG_TYPE)
                .at(JsonPointers.of(e), "is not of the type that is asked for");
    }

    private static Problem syntax(JacksonException e) {
        var place = e.getLocation();
        return place == null || place.getLineNr() < 1
                ? malformed()
                : malformed()
                        .detail(
                                "Broken syntax, a repeated field or no UTF-8 at line %d, column %d."
                                        .formatted(place.getLineNr(), place.getColumnNr()));
    }

    private static Problem malformed() {
        return Problem.of(CommonProblem.MALFORMED_JSON);
    }
}
