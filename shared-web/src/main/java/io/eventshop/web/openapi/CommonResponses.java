package io.eventshop.web.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The answers that follow from what an operation takes, whichever it is.
final class CommonResponses {

    private CommonResponses() {}

    static void add(Operation operation) {
        var all = new TreeMap<>(operation.getResponses());
        all.forEach((status, response) -> {
            if (status.startsWith("4") && response.get$ref() == null) {
                response.setContent(ProblemSchema.content());
            }
        });
        var taken =
                Stream.ofNullable(operation.getParameters())
                        .flatMap(List::stream)
                        .map(Parameter::getName)
                        .toList();
        problem(all, "400", "Something of the request cannot be understood");
        if (operation.getRequestBody() != null) {
            problem(all, "415", "The body is not JSON");
            problem(all, "422", "The body is understood, and refused");
        }
        if (taken.contains("If-Match")) {
            problem(all, "412", "It is not as `If-Match` says any more");
        }
        if (taken.contains("Idempotency-Key")) {
            problem(all, "409", "A request with this `Idempotency-Key` is still running");
        }
        if (taken.contains("If-None-Match")) {
            all.put("304", new ApiResponse().description("It is as `If-None-Match` says"));
        }
        all.putIfAbsent(
                ApiResponses.DEFAULT,
                new ApiResponse().$ref("#/components/responses/" + ProblemSchema.NAME));

        var sorted = new ApiResponses();
        sorted.putAll(all);
        operation.setResponses(sorted);
    }

    private static void problem(Map<String, ApiResponse> all, String status, String description) {
        var _ = all.putIfAbsent(status, ProblemSchema.response(description));
    }
}
