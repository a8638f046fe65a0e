package io.eventshop.web.problem;

import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.PropertyBindingException;
import tools.jackson.databind.exc.ValueInstantiationException;

/// Why a body could not be read. In our own words: Jackson's messages name classes.
final class BodyProblems {

    private BodyProblems() {}

    static Problem of(HttpMessageNotReadableException unreadable) {
        return Causes.find(unreadable, Problem.class)
                .or(() -> Causes.find(unreadable, JacksonException.class).map(BodyProblems::ofJson))
                .orElseGet(() -> Problem.of(CommonProblem.MISSING_BODY));
    }

    private static Problem ofJson(JacksonException e) {
        return switch (e) {
            case PropertyBindingException _ ->
                    Problem.of(CommonProblem.UNKNOWN_FIELD).at(JsonPointers.of(e), "is not known");
            case ValueInstantiationException _ ->
                    Problem.of(CommonProblem.INVALID_REQUEST)
                            .at(JsonPointers.of(e), "is not valid");
            case MismatchedInputException _, InputCoercionException _ ->
                    Problem.of(CommonProblem.WRONG_TYPE)
                            .at(JsonPointers.of(e), "is not of the type that is asked for");
            case StreamConstraintsException _ ->
                    Problem.of(CommonProblem.MALFORMED_JSON)
                            .detail("A text, a number or the nesting is too long.");
            default -> Problem.of(CommonProblem.MALFORMED_JSON).detail(syntax(e.getLocation()));
        };
    }

    private static @Nullable String syntax(@Nullable TokenStreamLocation place) {
        return place == null || place.getLineNr() < 1
                ? null
                : "Broken syntax, a repeated field or no UTF-8 at line %d, column %d."
                        .formatted(place.getLineNr(), place.getColumnNr());
    }
}
